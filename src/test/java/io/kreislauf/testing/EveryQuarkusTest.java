package io.kreislauf.testing;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;

/** Gives {@link StackResource} to every {@code @QuarkusTest} of the module, so that they all share one start of the application. */
@WithTestResource(value = StackResource.class, scope = TestResourceScope.GLOBAL)
final class EveryQuarkusTest {

    private EveryQuarkusTest() {
    }
}
