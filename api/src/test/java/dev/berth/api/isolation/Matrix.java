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
     * Operation and need; where it is not the one of the need, the column of the second table that counts; and where it is none
     * of 2xx, what those get who may.
     */
    private static final Map<String, Row> OPERATIONS = rows("""
            getHealth           NOTHING ALWAYS
            createSession       NOTHING ALWAYS
            deleteSession       NOTHING ALWAYS
            getMe               SIGNED_IN
            changeMe            IN_PERSON
            changePassword      IN_PERSON
            listMySessions      IN_PERSON
            endMySession        IN_PERSON
            endMyOtherSessions  IN_PERSON
            proposeTotp         IN_PERSON
            confirmTotp         IN_PERSON
            removeTotp          IN_PERSON
            listTokens          READ
            createToken         IN_PERSON
            revokeToken         IN_PERSON
            acceptInvitation    NOTHING INVITED
            changeMember        ADMINISTER
            changeOrganization  OWN
            changeUser          OPERATE
            completePasswordReset NOTHING
            completeSignUp      NOTHING
            getQuota            READ
            getQuotaOverrides   OPERATE
            changeQuotaOverrides OPERATE
            getQuotaDefaults    OPERATE
            changeQuotaDefaults OPERATE
            createInvitation    ADMINISTER
            createOrganization  IN_PERSON
            deleteGrant         ADMINISTER
            deleteOrganization  OWN 409
            finishOidcSignIn    NOTHING 302
            finishOidcSignInWithCode NOTHING 401
            getOrganization     READ
            getSignInOptions    NOTHING
            leaveOrganization   IN_PERSON
            listAllOrganizations OPERATE
            listAllUsers        OPERATE
            listFindings        OPERATE
            listGrants          ADMINISTER
            listInvitations     ADMINISTER
            listMembers         READ
            listOrganizations   SIGNED_IN
            putGrant            ADMINISTER
            removeMember        ADMINISTER
            resetPassword       NOTHING
            revokeInvitation    ADMINISTER
            signUp              NOTHING
            startOidcSignIn     NOTHING 302
            welcomeFirstAdmin   NOTHING
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
            startService        DEPLOY
            stopService         DEPLOY
            restartService      DEPLOY
            scaleService        DEPLOY
            cancelService       DEPLOY
            promoteDeployment   DEPLOY
            abortDeployment     DEPLOY
            approveDeployment   ADMINISTER
            rejectDeployment    ADMINISTER
            listOperations      READ
            listDeployments     READ
            getDeployment       READ
            getReleaseLog       READ
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
     * organisation in the answer. elsewhere: may where no service is asked for, else not. any: no mistake of ours. alone: may with
     * what is one's own, where the address names nothing of an organisation.
     *
     * <p>ALWAYS is for what must work whatever a request says of its caller; INVITED for an invitation that is addressed to
     * whoever is there in person, or to somebody new.
     */
    private static final Map<String, Map<String, String>> EXPECTED = table("""
            caller             ALWAYS NOTHING INVITED SIGNED_IN IN_PERSON READ    DEPLOY  ADMINISTER OWN     OPERATE
            NOBODY             may    may     may     401       401       401     401     401        401     401
            MALFORMED          may    401     401     401       401       401     401     401        401     401
            EXPIRED            may    401     401     401       401       401     401     401        401     401
            REVOKED            may    401     401     401       401       401     401     401        401     401
            DISABLED           may    401     401     401       401       401     401     401        401     401
            LEFT               may    401     401     401       401       401     401     401        401     401
            STRANGER           may    may     403     may       refused   unseen  unseen  unseen     unseen  403
            STRANGER_IN_PERSON may    may     may     may       may       unseen  unseen  unseen     unseen  403
            VIEWER             may    may     403     may       403       may     403     403        403     403
            DEVELOPER          may    may     403     may       403       may     may     403        403     403
            ADMIN              may    may     403     may       403       may     may     may        403     403
            OWNER              may    may     403     may       403       may     may     may        may     403
            READ_TOKEN         may    may     403     may       403       may     403     403        403     403
            DEPLOY_TOKEN       may    may     403     may       403       may     may     403        403     403
            LIMITED_HERE       may    may     403     may       403       any     here    403        403     403
            LIMITED_ELSEWHERE  may    may     403     may       403       away    refused 403        403     403
            GRANTED_HERE       may    may     403     may       403       may     here    403        403     403
            GRANTED_ELSEWHERE  may    may     403     may       403       may     403     403        403     403
            IN_PERSON          may    may     may     may       may       may     may     may        may     403
            VIEWER_IN_PERSON   may    may     may     may       own       may     403     403        403     403
            FORGED             may    reads   403     reads     reads     reads   reads   reads      reads   403
            PLATFORM_ADMIN     may    may     may     may       alone     refused refused refused    refused may
            PLATFORM_NAMING    may    may     may     refused   refused   refused refused refused    refused refused
            PLATFORM_TOKEN     may    may     403     may       refused   unseen  unseen  unseen     unseen  may
            PLATFORM_DEPLOYS   may    may     403     may       refused   unseen  unseen  unseen     unseen  403
            PLATFORM_READS     may    may     403     may       refused   unseen  unseen  unseen     unseen  403
            PLATFORM_LIMITED   may    may     403     may       refused   unseen  unseen  unseen     unseen  403
            PLATFORM_LEFT      may    401     401     401       401       401     401     401        401     401
            """);

    private Matrix() {}

    static Map<String, Row> operations() {
        return OPERATIONS;
    }

    /** @throws IllegalArgumentException where nobody wrote down what is expected */
    static Expected expected(String column, CallerClass caller) {
        return Optional.ofNullable(EXPECTED.get(caller.name()))
                .map(row -> row.get(column))
                .map(Expected::of)
                .orElseThrow(() -> new IllegalArgumentException("No expectation for " + caller + " and " + column));
    }

    /**
     * What one operation needs.
     *
     * @param column of the second table
     * @param answer status for those who may; empty = 2xx
     */
    record Row(String need, String column, Optional<Integer> answer) {}

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
        /** May with what is one's own, and nothing where an organisation or somebody else is named. */
        ALONE,
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
            Optional<String> third = cells.length > 2 ? Optional.of(cells[2]) : Optional.empty();
            Optional<Integer> answer =
                    third.filter(cell -> cell.matches("[0-9]{3}")).map(Integer::valueOf);
            String column = third.filter(cell -> answer.isEmpty()).orElse(cells[1]);
            if (rows.put(cells[0], new Row(cells[1], column, answer)) != null) {
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
