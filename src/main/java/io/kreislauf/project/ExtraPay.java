package io.kreislauf.project;

import io.kreislauf.Refusal;

/**
 * Pay beyond the reward, told before the claim.
 *
 * @param hazardMinor                supplement for each approved label, in minor units; held in escrow like the reward
 * @param returnedMinorPerHour       for time that was skipped, returned or timed out, where pay is by piece; from the reserve
 * @param qualificationMinorPerHour  for tests and training, where pay is by piece; from the reserve
 * @param bonusTerms                 what earns a bonus, in words; null: none is promised
 */
public record ExtraPay(Long hazardMinor, Long returnedMinorPerHour, Long qualificationMinorPerHour, String bonusTerms) {

    static final ExtraPay NONE = new ExtraPay(null, null, null, null);

    private static final long MINOR_MAX = 1_000_000_000L;
    private static final int BONUS_TERMS_LENGTH_MAX = 2_000;

    public ExtraPay {
        hazardMinor = hazardMinor == null ? 0 : hazardMinor;
        returnedMinorPerHour = returnedMinorPerHour == null ? 0 : returnedMinorPerHour;
        qualificationMinorPerHour = qualificationMinorPerHour == null ? 0 : qualificationMinorPerHour;
        bonusTerms = bonusTerms == null || bonusTerms.isBlank() ? null : bonusTerms.strip();
    }

    /** @throws Refusal naming the field at fault */
    void sound(String payRule) {
        within("hazardMinor", hazardMinor, payRule.equals("none") ? 0 : MINOR_MAX);
        within("returnedMinorPerHour", returnedMinorPerHour, payRule.equals("piece") ? MINOR_MAX : 0);
        within("qualificationMinorPerHour", qualificationMinorPerHour, payRule.equals("piece") ? MINOR_MAX : 0);
        if (bonusTerms != null && bonusTerms.length() > BONUS_TERMS_LENGTH_MAX) {
            throw Refusal.invalid("extraPay.bonusTerms", "Terms have at most %d characters.".formatted(BONUS_TERMS_LENGTH_MAX), "Shorten them.");
        }
    }

    private static void within(String field, long value, long max) {
        if (value < 0 || value > max) {
            throw Refusal.invalid("extraPay." + field, "%s is a whole number from 0 to %d here.".formatted(field, max),
                    "By the hour all time is paid already; without pay here there is none to supplement.");
        }
    }
}
