package io.kreislauf.demo;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;

/** Whether this installation is a demo. */
@ConfigMapping(prefix = "kreislauf.demo")
interface DemoSettings {

    /** Makes the demo at start. Its passwords are known to everybody, so it runs on loopback addresses only. */
    @WithParentName
    @WithDefault("false")
    boolean wanted();
}
