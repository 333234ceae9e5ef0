package dev.berth.store;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.store.Trespass.Door;
import dev.berth.testkit.TestDatabase;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Two walls stand between organisations, and each holds alone: the statements name the organisation, and row-level security
 * shows no other's rows. Each method of the repositories is tried against either wall with the other one open.
 */
final class WallTests {
    private static final Ground WALLED = new Ground(TestDatabase.fresh());
    private static final Ground OPEN = new Ground(withoutPolicies());

    static Stream<Trespass> all() {
        return Trespass.all().stream();
    }

    static Stream<Trespass> tenants() {
        return all().filter(trespass -> trespass.door() == Door.TENANT);
    }

    /** Or the two tests below could not fail. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void whoOwnsTheThingsGetsThem(Trespass trespass) {
        Plot plot = WALLED.plot();
        Map<String, String> before = WALLED.rows(plot);
        Object found = attempt(trespass, plot, plot.organization, plot.organization);
        boolean changed = !WALLED.rows(plot).equals(before);
        if (changed || trespass.door() == Door.PLATFORM) {
            // What belongs to no organisation may have changed, too.
            WALLED.newPlot();
        }
        assertThat(changed || !isNothing(found))
                .as("something found or changed: " + found)
                .isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void theStatementsAloneKeepOthersOut(Trespass trespass) {
        Plot plot = OPEN.plot();
        UUID stranger = OPEN.database.organization();
        Map<String, String> before = OPEN.rows(plot);
        Object found = attempt(trespass, plot, stranger, stranger);
        assertThat(isNothing(found)).as("nothing found, but " + found).isTrue();
        assertThat(OPEN.rows(plot)).isEqualTo(before);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tenants")
    void rowLevelSecurityAloneKeepsOthersOut(Trespass trespass) {
        Plot plot = WALLED.plot();
        Map<String, String> before = WALLED.rows(plot);
        Object found = attempt(trespass, plot, WALLED.database.organization(), plot.organization);
        assertThat(isNothing(found)).as("nothing found, but " + found).isTrue();
        assertThat(WALLED.rows(plot)).isEqualTo(before);
    }

    @Test
    void everyMethodOfEveryRepositoryIsTriedOrHasAReason() throws IOException {
        Set<String> methods = repositories().stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .map(method -> type.getSimpleName() + "." + method.getName()))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> rows = new TreeSet<>(all().map(Trespass::method).toList());
        rows.addAll(Trespass.exempt().keySet());
        assertThat(rows).isEqualTo(methods);
    }

    @Test
    void everyMethodThatIsTriedTakesAnOrganisation() throws IOException {
        Set<String> tried = all().map(Trespass::method).collect(toSet());
        assertThat(repositories().stream()
                        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .filter(method ->
                                tried.contains(method.getDeclaringClass().getSimpleName() + "." + method.getName()))
                        .filter(method -> !takesAnOrganization(method))
                        .map(Method::toGenericString))
                .isEmpty();
    }

    /** By an id of that name, or in a reference or row that has one. */
    private static boolean takesAnOrganization(Method method) {
        boolean byId = Arrays.stream(method.getParameters())
                .anyMatch(parameter -> parameter.getType() == UUID.class
                        && (parameter.getName().equals("organizationId")
                                || parameter.getName().equals("chainId")
                                || method.getDeclaringClass() == Organizations.class));
        return byId
                || Arrays.stream(method.getParameterTypes())
                        .filter(Class::isRecord)
                        .flatMap(type -> Arrays.stream(type.getRecordComponents()))
                        .anyMatch(component -> component.getName().equals("organizationId"));
    }

    /** What is made of a data source and holds rows of organisations: a new repository is one of them until somebody says no. */
    private static List<Class<?>> repositories() throws IOException {
        return Arrays.stream(
                        new PathMatchingResourcePatternResolver().getResources("classpath*:dev/berth/store/*.class"))
                .map(Resource::getFilename)
                .map(file -> String.valueOf(file).replace(".class", ""))
                .filter(name -> !name.contains("$") && !name.contains("-"))
                .<Class<?>>map(name -> load("dev.berth.store." + name))
                .filter(type -> Arrays.stream(type.getConstructors())
                        .anyMatch(made ->
                                made.getParameterCount() == 1 && made.getParameterTypes()[0] == DataSource.class))
                .filter(type -> !Repositories.OF_NO_ORGANIZATION.contains(type))
                .toList();
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object attempt(Trespass trespass, Plot plot, UUID transaction, UUID named) {
        try {
            return switch (trespass.door()) {
                case TENANT ->
                    plot.rows
                            .tenancy()
                            .inOrg(transaction, () -> trespass.attempt().apply(plot, named));
                case PLATFORM ->
                    plot.rows
                            .tenancy()
                            .asPlatform("test", () -> trespass.attempt().apply(plot, named));
            };
        } catch (DataAccessException refused) {
            return Trespass.NOTHING;
        }
    }

    private static boolean isNothing(Object found) {
        return switch (found) {
            case Optional<?> one -> one.isEmpty();
            case Collection<?> many -> many.isEmpty();
            case Map<?, ?> many -> many.isEmpty();
            case Boolean yes -> !yes;
            default -> false;
        };
    }

    private static TestDatabase withoutPolicies() {
        TestDatabase database = TestDatabase.fresh();
        JdbcClient owner = JdbcClient.create(database.ownerDataSource());
        owner.sql("select tablename from pg_policies where policyname = 'tenant'")
                .query(String.class)
                .list()
                .forEach(table -> owner.sql("alter policy tenant on " + table + " using (true) with check (true)")
                        .update());
        return database;
    }

    /** A database, and in it what nobody has changed yet. */
    private static final class Ground {
        private static final String LOOK = """
                select string_agg(format('select %1$L as name, coalesce(md5(string_agg(t::text, chr(10) order by t::text)), '''')'
                    ' as rows from %1$I t where %2$I = :organization', table_name, column_name), ' union all ')
                from information_schema.columns join information_schema.tables using (table_schema, table_name)
                where table_schema = 'public' and table_type = 'BASE TABLE'
                  and (column_name in ('organization_id', 'chain_id') or table_name = 'organizations' and column_name = 'id')
                """;

        final TestDatabase database;
        private final JdbcClient owner;
        private final String look;
        private Plot plot;

        Ground(TestDatabase database) {
            this.database = database;
            this.owner = JdbcClient.create(new SingleConnectionDataSource(connection(database), true));
            this.look = owner.sql(LOOK).query(String.class).single();
            this.plot = newPlot();
        }

        private static Connection connection(TestDatabase database) {
            try {
                return database.ownerDataSource().getConnection();
            } catch (SQLException e) {
                throw new IllegalStateException("No look at the rows", e);
            }
        }

        Plot plot() {
            return plot;
        }

        Plot newPlot() {
            plot = new Plot(database, Repositories.of(database.dataSource()));
            return plot;
        }

        /** A digest for each table. */
        Map<String, String> rows(Plot of) {
            Map<String, String> digests = new TreeMap<>();
            owner.sql(look).param("organization", of.organization).query(row -> {
                digests.put(row.getString(1), row.getString(2));
            });
            return digests;
        }
    }
}
