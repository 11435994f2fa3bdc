package dev.orrery.server;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.slf4j.LoggerFactory;

/** What a class logs. */
final class LogWatch extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger logger;
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

    private LogWatch(Logger logger) {
        this.logger = logger;
    }

    static LogWatch of(Class<?> type) {
        LogWatch watch = new LogWatch((Logger) LoggerFactory.getLogger(type));
        watch.start();
        watch.logger.addAppender(watch);
        return watch;
    }

    List<ILoggingEvent> events() {
        return events;
    }

    synchronized void await(Predicate<ILoggingEvent> wanted, Duration patience)
            throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (events.stream().noneMatch(wanted)) {
            long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                throw new TimeoutException("was not logged");
            }
            wait(leftMillis);
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        events.add(event);
        synchronized (this) {
            notifyAll();
        }
    }

    @Override
    public void close() {
        logger.detachAppender(this);
    }
}
