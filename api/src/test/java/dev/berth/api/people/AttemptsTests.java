package dev.berth.api.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.Hand;
import dev.berth.api.http.ProblemException;
import dev.berth.api.http.RequestOrigin;
import dev.berth.api.people.Attempts.Door;
import dev.berth.store.OneTimeLinks.Purpose;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who uses up whose attempts and letters. */
class AttemptsTests {
    private static final String VICTIM = "victim@example.org";

    private final Hand hand = new Hand();
    private final Place place = new Place();
    private final Attempts attempts = new Attempts(place, hand);
    private final LetterLimits letters = new LetterLimits(place, hand);

    @Test
    void aStrangerUsesUpTheirOwnAttemptsAndNobodyElses() {
        place.now = "stranger";
        guess(Attempts.OF_ACCOUNT_PER_MINUTE);
        assertRefused();
        place.now = "home";
        attempts.countSignIn(VICTIM);
    }

    @Test
    void aStrangerWhoNeverStopsDoesNotEither() {
        for (int minute = 0; minute < 24 * 60; minute++) {
            place.now = "stranger";
            guess(Attempts.OF_ACCOUNT_PER_MINUTE);
            hand.move(Duration.ofMinutes(1));
        }
        place.now = "home";
        attempts.countSignIn(VICTIM);
    }

    @Test
    void manyAddressesTogetherHaveALimitThatEndsWithinTheHour() {
        guessFromEverywhere(Attempts.OF_ACCOUNT_PER_HOUR);
        place.now = "another";
        assertRefused();
        hand.move(Duration.ofSeconds(7));
        attempts.countSignIn(VICTIM);
    }

    @Test
    void whereSomebodySignedInBeforeTheyAreNotHeldUpByGuessesFromElsewhere() {
        place.now = "home";
        attempts.countSignIn(VICTIM);
        attempts.succeeded(VICTIM);
        guessFromEverywhere(Attempts.OF_ACCOUNT_PER_HOUR);
        place.now = "home";
        attempts.countSignIn(VICTIM);
        place.now = "another";
        assertRefused();
    }

    @Test
    void whoSignsInOftenUsesUpNoGuesses() {
        for (int i = 0; i < Attempts.OF_ACCOUNT_PER_HOUR + 1; i++) {
            place.now = "travelling " + i;
            attempts.countSignIn(VICTIM);
            attempts.succeeded(VICTIM);
        }
        place.now = "another";
        attempts.countSignIn(VICTIM);
    }

    @Test
    void eachDoorIsCountedApart() {
        for (Door door : new Door[] {Door.SIGN_UP, Door.PASSWORD_RESET}) {
            IntStream.range(0, Attempts.OF_ACCOUNT_PER_MINUTE).forEach(i -> attempts.count(door, VICTIM));
            assertThatThrownBy(() -> attempts.count(door, VICTIM)).isInstanceOf(ProblemException.class);
        }
        attempts.countSignIn(VICTIM);
    }

    @Test
    void whatSomebodyHasProvenGivesThemNoMoreTriesElsewhere() {
        UUID person = UUID.randomUUID();
        for (int i = 0; i < Attempts.OF_ACCOUNT_PER_MINUTE; i++) {
            place.now = "travelling " + i;
            attempts.countProven(Door.CODE, person);
        }
        assertThatThrownBy(() -> attempts.countProven(Door.CODE, person)).isInstanceOf(ProblemException.class);
    }

    @Test
    void aStrangerFillsNobodysMailboxAndLeavesLettersForItsHolder() {
        place.now = "stranger";
        assertThat(asked(20)).isEqualTo(LetterLimits.FROM_ADDRESS_PER_HOUR);
        place.now = "home";
        assertThat(asked(1)).isEqualTo(1);
        for (int i = 0; i < 20; i++) {
            place.now = "stranger " + i;
            asked(5);
        }
        place.now = "another";
        assertThat(asked(1)).as("Enough letters for one hour").isZero();
        assertThat(letters.admit(Purpose.SIGN_UP, VICTIM))
                .as("For another purpose")
                .isTrue();
        hand.move(Duration.ofHours(1).dividedBy(LetterLimits.A_MAILBOX_PER_HOUR));
        assertThat(asked(1)).isEqualTo(1);
        assertThat(Duration.ofHours(1).dividedBy(LetterLimits.A_MAILBOX_PER_HOUR))
                .as("Whose mailbox is being filled has a link that works")
                .isLessThan(SignUpDesk.LINK);
    }

    private long asked(int times) {
        return IntStream.range(0, times)
                .filter(i -> letters.admit(Purpose.PASSWORD_RESET, VICTIM))
                .count();
    }

    private void guess(int times) {
        IntStream.range(0, times).forEach(i -> attempts.countSignIn(VICTIM));
    }

    private void guessFromEverywhere(int times) {
        for (int i = 0; i < times; i++) {
            place.now = "somewhere " + i;
            attempts.countSignIn(VICTIM);
        }
    }

    private void assertRefused() {
        assertThatThrownBy(() -> attempts.countSignIn(VICTIM))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("Try again in");
    }

    /** Where requests come from. */
    private static final class Place extends RequestOrigin {
        private String now = "here";

        @Override
        public String customer() {
            return now;
        }
    }
}
