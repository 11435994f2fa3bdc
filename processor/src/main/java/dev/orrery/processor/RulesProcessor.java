package dev.orrery.processor;

import com.palantir.javapoet.JavaFile;
import dev.orrery.rules.Actor;
import dev.orrery.rules.Browser;
import dev.orrery.rules.Event;
import dev.orrery.rules.GameMap;
import dev.orrery.rules.Input;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.tools.StandardLocation;

/**
 * Writes the glue of a game's rules: a {@link dev.orrery.rules.Kind} beside every annotated class, and
 * {@code META-INF/orrery/<package>.d.ts} for TypeScript; and the exports of a package annotated
 * {@link Browser}, with their declarations beside the module. What could not be synced is an error at its place.
 */
public final class RulesProcessor extends AbstractProcessor {
    private final TreeMap<String, List<Shape>> shapesByPackage = new TreeMap<>();

    @SuppressWarnings("NullAway.Init") // The compiler calls init before everything else.
    private ShapeReader reader;

    @SuppressWarnings("NullAway.Init") // As above.
    private PageReader pages;

    /** Called by the compiler. */
    public RulesProcessor() {}

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
        super.init(environment);
        Complaints complaints = new Complaints(environment.getMessager());
        reader = new ShapeReader(complaints);
        pages = new PageReader(complaints, reader);
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of(
                Actor.class.getName(),
                Input.class.getName(),
                Event.class.getName(),
                GameMap.class.getName(),
                Browser.class.getName());
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
        round.getElementsAnnotatedWith(Browser.class)
                .forEach(home -> pages.read((PackageElement) home).ifPresent(this::write));
        if (round.processingOver() && !round.errorRaised()) {
            shapesByPackage.forEach(this::writeDeclarations);
        }
        return false;
    }

    private void read(
            RoundEnvironment round,
            Class<? extends Annotation> annotation,
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

    private void write(Page page) {
        write(new ExportsWriter(page).file());
        write(page.module() + ".d.ts", new PageDeclarations(page).text());
    }

    private void writeDeclarations(String packageName, List<Shape> shapes) {
        write("META-INF/orrery/" + packageName + ".d.ts", new DeclarationWriter(packageName, shapes).text());
    }

    private void write(String path, String text) {
        try (Writer writer = processingEnv
                .getFiler()
                .createResource(StandardLocation.CLASS_OUTPUT, "", path)
                .openWriter()) {
            writer.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
