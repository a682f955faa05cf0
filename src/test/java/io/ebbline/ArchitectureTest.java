package io.ebbline;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.Serializable;
import java.time.Clock;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The purity of the core and the direction of dependencies, as docs and design say. */
class ArchitectureTest {

    private static JavaClasses ebbline;

    @BeforeAll
    static void read() {
        ebbline = new ClassFileImporter()
                .withImportOption(location -> !location.contains("/test-classes/"))
                .importPackages("io.ebbline");
    }

    /** A hundred megabytes, which the tests after this one need. */
    @AfterAll
    static void forget() {
        ebbline = new ClassFileImporter().importClasses();
    }

    private static final String[] CORE =
            packages("event", "profile", "model", "score", "churn", "offer", "engine", "population", "fit");

    private static String[] packages(String... names) {
        return Arrays.stream(names).map(name -> "io.ebbline." + name + "..").toArray(String[]::new);
    }

    /** Of Ebbline's packages it uses itself and these alone. */
    private static void mayUse(String name, String... others) {
        DescribedPredicate<JavaClass> allowed = resideOutsideOfPackages("io.ebbline..")
                .or(resideInAnyPackage(packages(name)))
                .or(resideInAnyPackage(packages(others)));
        classes()
                .that()
                .resideInAPackage("io.ebbline." + name + "..")
                .should(onlyDependOnClassesThat(allowed))
                .check(ebbline);
    }

    @Test
    void thereIsSomethingToLookAt() {
        assertThat(ebbline.size()).isGreaterThan(100);
        assertThat(ebbline).noneMatch(javaClass -> javaClass.getName().endsWith("Test"));
    }

    @Test
    void theCoreKnowsNoEngineNoBrokerNoFormatAndNoLogger() {
        noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.flink..",
                        "org.apache.kafka..",
                        "org.apache.avro..",
                        "org.slf4j..",
                        "org.apache.logging..",
                        "java.util.logging..",
                        "java.nio.file..",
                        "java.net..",
                        "java.util.concurrent..",
                        "com.fasterxml..",
                        "picocli..")
                .check(ebbline);
    }

    @Test
    void theCoreReadsAndWritesNothing() {
        noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.io..").and(not(equivalentTo(Serializable.class))))
                .check(ebbline);
    }

    @Test
    void theCoreKnowsNoClockAndNoChance() {
        noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .should()
                .dependOnClassesThat(assignableTo(Clock.class)
                        .or(assignableTo(Random.class))
                        .or(assignableTo(SplittableRandom.class)))
                .orShould()
                .callMethodWhere(isOneOf(System.class, "currentTimeMillis", "nanoTime", "getenv", "getProperty"))
                .orShould()
                .callMethodWhere(isOneOf(UUID.class, "randomUUID"))
                .orShould()
                .callMethodWhere(isOneOf(Math.class, "random"))
                .orShould()
                .callMethodWhere(named("now"))
                .check(ebbline);
    }

    @Test
    void theCoreCalculatesTheSameOnEveryMachine() {
        noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .and()
                .doNotHaveFullyQualifiedName("io.ebbline.offer.Roughly") // Decides what is looked at closely.
                .should()
                .callMethodWhere(isOneOf(
                        Math.class,
                        "exp",
                        "expm1",
                        "log",
                        "log1p",
                        "log10",
                        "pow",
                        "cbrt",
                        "hypot",
                        "sin",
                        "cos",
                        "tan",
                        "asin",
                        "acos",
                        "atan",
                        "atan2",
                        "sinh",
                        "cosh",
                        "tanh"))
                .because("StrictMath gives the same bits everywhere, Math need not")
                .check(ebbline);
    }

    @Test
    void dependenciesOfTheCorePointOneWay() {
        mayUse("event");
        mayUse("model");
        mayUse("profile", "event", "model");
        mayUse("score", "profile", "event", "model");
        mayUse("churn", "score", "profile", "event", "model");
        mayUse("offer", "score", "profile", "event", "model");
        mayUse("engine", "offer", "churn", "score", "profile", "event", "model");
        mayUse("population", "profile", "event", "model");
        mayUse("fit", "offer", "score", "population", "profile", "event", "model");
    }

    @Test
    void theShellUsesTheCoreAndNotTheOtherWayRound() {
        mayUse("state", "fit", "engine", "offer", "population", "churn", "score", "profile", "event", "model");
        mayUse("wire", "state", "engine", "offer", "population", "churn", "score", "profile", "event", "model");
        mayUse(
                "operator",
                "fit",
                "wire",
                "state",
                "engine",
                "offer",
                "population",
                "churn",
                "score",
                "profile",
                "event",
                "model");
        noClasses()
                .that()
                .resideInAnyPackage(packages("job"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages("cli", "platform"))
                .check(ebbline);
    }

    @Test
    void thePopulationIsCountedForTheOperatorsTheWireFittingAndMeasuring() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        packages("population", "state", "wire", "operator", "job", "fit", "backtest", "cli"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages("population"))
                .check(ebbline);
    }

    @Test
    void whatIsMeasuredIsTheCoreItself() {
        mayUse(
                "backtest",
                "fit",
                "population",
                "connector",
                "engine",
                "offer",
                "churn",
                "score",
                "profile",
                "event",
                "model");
    }

    @Test
    void avroIsSeenByWireAndConnectorAndByTheViewOfAnswersAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackages(packages("wire", "connector", "cli.view"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.avro..", "org.apache.flink.avro..")
                .check(ebbline);
    }

    @Test
    void theTerminalIsDrawnOnByTheViewAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackages(packages("cli.view"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.jline..")
                .check(ebbline);
    }

    @Test
    void theRegistrysClientIsSeenByWireAndConnectorAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackages(packages("wire", "connector"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.flink.avro.registry..")
                .check(ebbline);
    }

    @Test
    void optionsAreReadByTheJobAndTheCommandLineAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackages(packages("config", "job", "cli"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages("config"))
                .check(ebbline);
    }

    private static DescribedPredicate<JavaMethodCall> named(String name) {
        return DescribedPredicate.describe(
                "method " + name, call -> call.getTarget().getName().equals(name));
    }

    private static DescribedPredicate<JavaMethodCall> isOneOf(Class<?> owner, String... names) {
        Set<String> any = Set.of(names);
        return DescribedPredicate.describe(
                owner.getSimpleName() + " " + any,
                call -> call.getTargetOwner().isEquivalentTo(owner)
                        && any.contains(call.getTarget().getName()));
    }
}
