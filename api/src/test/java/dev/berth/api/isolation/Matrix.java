package dev.berth.api.isolation;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is expected, in two tables that a person can review. The first says what each operation needs: an operation that is not
 * here, or that declares something else in its code, fails a test. The second says what each caller gets for each need.
 */
final class Matrix {
    /**
     * Operation, need and, where it is none of 2xx, what those get who may: the sample's link or code is of no worth.
     */
    private static final Map<String, Row> OPERATIONS = rows("""
            getHealth           NOTHING
            createSession       NOTHING
            deleteSession       NOTHING
            getMe               SIGNED_IN
            changeMe            IN_PERSON
            changePassword      IN_PERSON
            listMySessions      IN_PERSON
            endMySession        IN_PERSON
            endMyOtherSessions  IN_PERSON
            proposeTotp         IN_PERSON
            confirmTotp         IN_PERSON  400
            removeTotp          IN_PERSON
            listTokens          READ
            createToken         IN_PERSON
            revokeToken         IN_PERSON
            acceptInvitation    NOTHING 4xx
            changeMember        ADMINISTER
            changeOrganization  OWN
            changeUser          OPERATE
            getQuota            READ
            getQuotaOverrides   OPERATE
            changeQuotaOverrides OPERATE
            getQuotaDefaults    OPERATE
            changeQuotaDefaults OPERATE
            completePasswordReset NOTHING 4xx
            completeSignUp      NOTHING 4xx
            createInvitation    ADMINISTER
            createOrganization  IN_PERSON
            deleteGrant         ADMINISTER
            deleteOrganization  OWN 409
            finishOidcSignIn    NOTHING 4xx
            getOrganization     READ
            getSignInOptions    NOTHING
            leaveOrganization   IN_PERSON
            listAllOrganizations OPERATE
            listAllUsers        OPERATE
            listGrants          ADMINISTER
            listInvitations     ADMINISTER
            listMembers         READ
            listOrganizations   SIGNED_IN
            putGrant            ADMINISTER
            removeMember        ADMINISTER
            resetPassword       NOTHING
            revokeInvitation    ADMINISTER
            signUp              NOTHING 4xx
            startOidcSignIn     NOTHING 4xx
            welcomeFirstAdmin   NOTHING 4xx
            listTemplates       READ
            getTemplate         READ
            listServices        READ
            getService          READ
            createService       DEPLOY
            changeService       DEPLOY
            deleteService       DEPLOY
            deployService       DEPLOY
            rebuildService      DEPLOY
            rollBackService     DEPLOY
            listDeployments     READ
            getDeployment       READ
            listBuilds          READ
            getBuild            READ
            getBuildLog         READ
            streamBuildLog      READ
            getOperation        READ
            listAuditEvents     ADMINISTER
            exportAuditEvents   ADMINISTER
            verifyAuditEvents   ADMINISTER
            """);

    /**
     * may: 2xx. unseen: the answer for an id that does not exist, and where no id is asked for, nothing of the other
     * organisation in the answer. elsewhere: may where no service is asked for, else not. any: no mistake of ours.
     */
    private static final Map<String, Map<String, String>> EXPECTED = table("""
            caller             NOTHING SIGNED_IN IN_PERSON READ   DEPLOY   ADMINISTER OWN    OPERATE
            NOBODY             may     401       401       401    401      401        401    401
            MALFORMED          any     401       401       401    401      401        401    401
            EXPIRED            any     401       401       401    401      401        401    401
            REVOKED            any     401       401       401    401      401        401    401
            DISABLED           any     401       401       401    401      401        401    401
            LEFT               any     401       401       401    401      401        401    401
            STRANGER           may     may       refused   unseen unseen   unseen     unseen refused
            STRANGER_IN_PERSON may     may       may       unseen unseen   unseen     unseen refused
            VIEWER             may     may       403       may    403      403        403    403
            DEVELOPER          may     may       403       may    may      403        403    403
            ADMIN              may     may       403       may    may      may        403    403
            OWNER              may     may       403       may    may      may        may    403
            READ_TOKEN         may     may       403       may    403      403        403    403
            DEPLOY_TOKEN       may     may       403       may    may      403        403    403
            LIMITED_HERE       may     may       403       any    here     403        403    403
            LIMITED_ELSEWHERE  may     may       403       away   refused  403        403    403
            GRANTED_HERE       may     may       403       may    here     403        403    403
            GRANTED_ELSEWHERE  may     may       403       may    403      403        403    403
            IN_PERSON          may     may       may       may    may      may        may    403
            VIEWER_IN_PERSON   may     may       own       may    403      403        403    403
            FORGED             any     reads     reads     reads  reads    reads      reads  403
            """);

    /** The sample's link or code opens nothing, and how that is said is not this suite's business. */
    static final int WORTHLESS = 400;

    private Matrix() {}

    static Map<String, Row> operations() {
        return OPERATIONS;
    }

    /** @throws IllegalArgumentException where nobody wrote down what is expected */
    static Expected expected(String need, CallerClass caller) {
        return Optional.ofNullable(EXPECTED.get(caller.name()))
                .map(row -> row.get(need))
                .map(Expected::of)
                .orElseThrow(() -> new IllegalArgumentException("No expectation for " + caller + " and " + need));
    }

    /** What one operation needs. */
    record Row(String need, Optional<Integer> answer) {}

    /** What one caller gets. */
    enum Expected {
        MAY,
        UNAUTHENTICATED,
        FORBIDDEN,
        /** Refused, and no otherwise than for an id that does not exist. */
        REFUSED,
        UNSEEN,
        /** May for the service that the address names. */
        HERE,
        /** May not for the service that the address names. */
        AWAY,
        /** May with what is one's own, and not with what is another member's. */
        OWN,
        /** May look and change nothing. */
        READS,
        ANY;

        static Expected of(String cell) {
            return switch (cell) {
                case "401" -> UNAUTHENTICATED;
                case "403" -> FORBIDDEN;
                default -> valueOf(cell.toUpperCase(java.util.Locale.ROOT));
            };
        }
    }

    private static Map<String, Row> rows(String table) {
        Map<String, Row> rows = new LinkedHashMap<>();
        table.lines().map(line -> line.strip().split("\\s+")).forEach(cells -> {
            Optional<Integer> answer = cells.length > 2
                    ? Optional.of(cells[2].equals("4xx") ? WORTHLESS : Integer.valueOf(cells[2]))
                    : Optional.empty();
            if (rows.put(cells[0], new Row(cells[1], answer)) != null) {
                throw new IllegalArgumentException(cells[0] + " stands twice");
            }
        });
        return rows;
    }

    private static Map<String, Map<String, String>> table(String text) {
        List<List<String>> lines = text.lines()
                .map(line -> Arrays.asList(line.strip().split("\\s+")))
                .toList();
        List<String> head = lines.getFirst();
        Map<String, Map<String, String>> table = new LinkedHashMap<>();
        lines.stream().skip(1).forEach(line -> {
            Map<String, String> cells = new LinkedHashMap<>();
            for (int i = 1; i < head.size(); i++) {
                cells.put(head.get(i), line.get(i));
            }
            table.put(line.getFirst(), cells);
        });
        return table;
    }
}
