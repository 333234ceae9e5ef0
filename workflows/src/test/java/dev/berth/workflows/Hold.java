package dev.berth.workflows;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An activity that stays where it is until it is released. */
record Hold(CountDownLatch entered, CountDownLatch released) {
    static Hold unheld() {
        return new Hold(new CountDownLatch(1), new CountDownLatch(1));
    }

    void awaitEntry() {
        try {
            if (!entered.await(Stage.SOON.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("The activity was never entered");
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    void release() {
        released.countDown();
    }

    void stay(Runnable eachTurn) {
        entered.countDown();
        try {
            while (!released.await(20, TimeUnit.MILLISECONDS)) {
                eachTurn.run();
            }
        } catch (InterruptedException interrupted) {
            throw new ActivityInterrupted(interrupted);
        }
    }

    private static final class ActivityInterrupted extends RuntimeException {
        ActivityInterrupted(InterruptedException cause) {
            super(cause);
        }
    }
}
