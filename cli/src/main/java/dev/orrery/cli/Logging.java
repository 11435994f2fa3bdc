package dev.orrery.cli;

/** How a process logs. To be chosen before anything logs, as the first logger reads it. May be used by any thread. */
enum Logging {
    /** One line each, with date, zone and thread. */
    TEXT("logback-serve.xml"),
    /** One JSON object a line. */
    JSON("logback-json.xml");

    private static final String PROPERTY = "logback.configurationFile";

    private final String file;

    Logging(String file) {
        this.file = file;
    }

    /** An operator who has named a file of their own keeps it. */
    void choose() {
        if (System.getProperty(PROPERTY) == null) {
            System.setProperty(PROPERTY, file);
        }
    }
}
