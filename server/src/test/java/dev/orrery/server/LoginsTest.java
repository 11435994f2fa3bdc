package dev.orrery.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class LoginsTest {
    private final AtomicLong now = new AtomicLong();
    private final Logins logins = new Logins(() -> Instant.ofEpochMilli(now.get()));

    @Test
    void shouldEndAfterItsTime() {
        String secret = logins.open();
        now.set(Logins.LIFETIME_MILLIS - 1);
        assertThat(logins.hold(secret)).isTrue();
        now.set(Logins.LIFETIME_MILLIS);
        assertThat(logins.hold(secret)).isFalse();
    }

    @Test
    void shouldLetTheOldestGoWhenThereAreTooMany() {
        String first = logins.open();
        String second = logins.open();
        for (int i = 1; i < Logins.MAX; i++) {
            logins.open();
        }
        assertThat(logins.hold(first)).isFalse();
        assertThat(logins.hold(second)).isTrue();
    }

    @Test
    void shouldKnowNoSecretThatItDidNotGive() {
        assertThat(logins.hold("")).isFalse();
        assertThat(logins.hold(Secrets.hash(logins.open()))).isFalse();
    }
}
