package dev.orrery.processor;

import com.palantir.javapoet.JavaFile;
import dev.orrery.rules.Actor;
import dev.orrery.rules.Event;
import dev.orrery.rules.GameMap;
import dev.orrery.rules.Input;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.StandardLocation;

/**
 * Writes the glue of a game's rules: a {@link dev.orrery.rules.Kind} beside every annotated class, and
 * {@code META-INF/orrery/<package>.d.ts} for TypeScript. What could not be synced is an error at its place.
 */
public final class RulesProcessor extends AbstractProcessor {
    private final TreeMap<String, List<Shape>> shapesByPackage = new TreeMap<>();

    @SuppressWarnings("NullAway.Init") // The compiler calls init before everything else.
    private ShapeReader reader;

    /** Called by the compiler. */
    public RulesProcessor() {}

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
        super.init(environment);
        reader = new ShapeReader(new Complaints(environment.getMessager()));
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of(Actor.class.getName(), Input.class.getName(), Event.class.getName(), GameMap.class.getName());
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        read(
                round,
                Actor.class,
                Shape.Role.ACTOR,
                type -> type.getAnnotation(Actor.class).name());
        read(
                round,
                Input.class,
                Shape.Role.INPUT,
                type -> type.getAnnotation(Input.class).name());
        read(
                round,
                Event.class,
                Shape.Role.EVENT,
                type -> type.getAnnotation(Event.class).name());
        round.getElementsAnnotatedWith(GameMap.class).forEach(map -> reader.checkMap((TypeElement) map));
        if (round.processingOver() && !round.errorRaised()) {
            shapesByPackage.forEach(this::writeDeclarations);
        }
        return false;
    }

    private void read(
            RoundEnvironment round,
            Class<? extends java.lang.annotation.Annotation> annotation,
            Shape.Role role,
            Function<TypeElement, String> nameOf) {
        for (var element : round.getElementsAnnotatedWith(annotation)) {
            TypeElement type = (TypeElement) element;
            reader.read(type, role, nameOf.apply(type)).ifPresent(this::write);
        }
    }

    private void write(Shape shape) {
        shapesByPackage
                .computeIfAbsent(shape.type().packageName(), name -> new ArrayList<>())
                .add(shape);
        write(new KindWriter(shape).file());
    }

    private void write(JavaFile file) {
        try {
            file.writeTo(processingEnv.getFiler());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeDeclarations(String packageName, List<Shape> shapes) {
        String path = "META-INF/orrery/" + packageName + ".d.ts";
        try (Writer writer = processingEnv
                .getFiler()
                .createResource(StandardLocation.CLASS_OUTPUT, "", path)
                .openWriter()) {
            writer.write(new DeclarationWriter(packageName, shapes).text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
