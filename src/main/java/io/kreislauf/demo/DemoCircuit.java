package io.kreislauf.demo;

import io.kreislauf.Refusal;
import io.kreislauf.dataset.NewRelease;
import io.kreislauf.dataset.ReleasingDataset;
import io.kreislauf.dataset.UsingMeans;
import io.kreislauf.demo.DemoPeople.Cast;
import io.kreislauf.demo.DemoPeople.Houses;
import io.kreislauf.market.BuyingLicence;
import io.kreislauf.market.DeclaringLabour;
import io.kreislauf.market.Models;
import io.kreislauf.market.OfferingLicence;
import io.kreislauf.market.ReleasingModel;
import io.kreislauf.market.SellingService;
import io.kreislauf.market.TrainingModel;
import io.kreislauf.people.AdvancingCapital;
import io.kreislauf.people.Caller;
import io.kreislauf.project.Closing;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** C' - M' in the demo, and the second circuit after it: a data set is released and licensed, a model trained and sold by the month. */
@ApplicationScoped
class DemoCircuit {

    private static final Duration LABELS_ARRIVE_MAX = Duration.ofMinutes(2);

    private final DemoSteps steps;
    private final DemoCalendar calendar;
    private final UsingMeans using;
    private final ReleasingDataset releasing;
    private final Closing closing;
    private final OfferingLicence offering;
    private final BuyingLicence buying;
    private final AdvancingCapital advancing;
    private final Models models;
    private final DeclaringLabour declaring;
    private final TrainingModel training;
    private final ReleasingModel releasingModel;
    private final SellingService selling;

    DemoCircuit(DemoSteps steps, DemoCalendar calendar, UsingMeans using, ReleasingDataset releasing, Closing closing, OfferingLicence offering,
                BuyingLicence buying, AdvancingCapital advancing, Models models, DeclaringLabour declaring, TrainingModel training,
                ReleasingModel releasingModel, SellingService selling) {
        this.steps = steps;
        this.calendar = calendar;
        this.using = using;
        this.releasing = releasing;
        this.closing = closing;
        this.offering = offering;
        this.buying = buying;
        this.advancing = advancing;
        this.models = models;
        this.declaring = declaring;
        this.training = training;
        this.releasingModel = releasingModel;
        this.selling = selling;
    }

    UUID released(Cast cast, Houses houses, UUID projectId) {
        Caller requester = cast.asRequester(houses);
        // The tools last for 24 projects like this one; source and compute are used up.
        use(requester, projectId, "tooling", 100_00);
        use(requester, projectId, "source", 80_00);
        use(requester, projectId, "compute", 40_00);
        NewRelease release = new NewRelease("Customer remarks, four kinds", 2, "Two hundred remarks of customers, five labels each.",
                "CC0-1.0 for the sentences; the labels under the terms of the licence bought.", calendar.daysAgo(110));
        UUID versionId = steps.onceRepeatable("release of the data set", UUID.class, () -> releasedOnceArrived(requester, projectId, release));
        steps.once("the finished project is closed", Boolean.class, () -> {
            closing.close(requester, null, projectId, calendar.daysAgo(109));
            return true;
        });
        return versionId;
    }

    /** If the start before was killed, Kafka keeps the places of its consumers for a while, and labels wait so long. */
    private UUID releasedOnceArrived(Caller requester, UUID projectId, NewRelease release) {
        long giveUpAt = System.nanoTime() + LABELS_ARRIVE_MAX.toNanos();
        while (true) {
            try {
                return releasing.release(requester, projectId, release, "demo-release").versionId();
            } catch (Refusal refused) {
                if (!refused.code().equals("LABELS_ON_THEIR_WAY") || System.nanoTime() > giveUpAt) {
                    throw refused;
                }
            }
        }
    }

    private void use(Caller requester, UUID projectId, String means, long amountMinor) {
        steps.once("the finished project uses " + means, Boolean.class, () -> {
            using.use(requester, projectId, new UsingMeans.Use(means, amountMinor, null, calendar.daysAgo(111)), null);
            return true;
        });
    }

    UUID modelSold(Cast cast, Houses houses, UUID versionId) {
        Caller seller = cast.asRequester(houses);
        Caller maker = cast.asModelMaker(houses);
        UUID licenceId = steps.once("a licence is sold", UUID.class, () -> {
            UUID offerId = offering.offer(seller, new OfferingLicence.NewOffer(versionId, houses.modelHouse(), 460_00L, DemoCapital.CURRENCY, 2, false), null).offerId();
            return buying.accept(maker, offerId, calendar.daysAgo(95), null).licenceId();
        });
        UUID modelId = steps.once("a model is begun", UUID.class, () -> models.begin(maker, new Models.NewModel("Remark sorter 1", 24, DemoCapital.CURRENCY), null).modelId());
        steps.once("the model house buys compute", Boolean.class, () -> {
            advancing.buy(maker, null, new AdvancingCapital.Purchase("compute", DemoCapital.CURRENCY, 630_00, "produced", "J63", "DE", calendar.daysAgo(90)));
            return true;
        });
        steps.once("engineers declare their labour", Boolean.class, () -> {
            declaring.declare(maker, modelId, new DeclaringLabour.Labour(12 * 3_600_000L, 480_00, "demo", calendar.daysAgo(80)), null);
            return true;
        });
        steps.once("the model is trained", Boolean.class, () -> {
            training.run(maker, modelId, new TrainingModel.NewRun(List.of(licenceId),
                    List.of(new TrainingModel.Means("compute", 630_00, DemoCapital.CURRENCY)), calendar.daysAgo(70)), null);
            return true;
        });
        steps.once("the model is released", Boolean.class, () -> {
            releasingModel.release(maker, modelId, new ReleasingModel.Release(24, calendar.daysAgo(62)), null);
            return true;
        });
        month(maker, modelId, 1, 120_00, 31);
        month(maker, modelId, 2, 150_00, 1);
        return modelId;
    }

    private void month(Caller maker, UUID modelId, int month, long revenueMinor, int daysAgo) {
        steps.once("month %d of the model is sold".formatted(month), Boolean.class, () -> {
            selling.sell(maker, modelId, new SellingService.Month(month, revenueMinor, 15_00, calendar.daysAgo(daysAgo)), null);
            return true;
        });
    }
}
