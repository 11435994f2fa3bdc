package dev.orrery.processor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Sources compiled in memory together with the processor.
 *
 * @param errors {@code line: sentence}, in the order reported
 * @param outputs class files and resources by path, such as {@code game/rules/Ship.class}
 */
record Compilation(List<String> errors, Map<String, byte[]> outputs) {

    /** Compiles sources; each begins with its package and holds one top-level class, whose name is its file's. */
    static Compilation of(String... sources) {
        Map<String, ByteArrayOutputStream> outputs = new TreeMap<>();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = new Memory(compiler.getStandardFileManager(diagnostics, Locale.ROOT, null), outputs)) {
            List<Source> units = new ArrayList<>();
            for (String source : sources) {
                units.add(new Source(source));
            }
            var task =
                    compiler.getTask(null, files, diagnostics, List.of("--release", "25", "-proc:full"), null, units);
            task.setProcessors(List.of(new RulesProcessor()));
            task.call();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        List<String> errors = diagnostics.getDiagnostics().stream()
                .filter(d -> d.getKind() == javax.tools.Diagnostic.Kind.ERROR)
                .map(d -> d.getLineNumber() + ": " + d.getMessage(Locale.ROOT))
                .toList();
        Map<String, byte[]> bytes = new TreeMap<>();
        outputs.forEach((path, out) -> bytes.put(path, out.toByteArray()));
        return new Compilation(errors, bytes);
    }

    String text(String path) {
        byte[] bytes = outputs.get(path);
        if (bytes == null) {
            throw new AssertionError(path + " is not among " + outputs.keySet());
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** A loader of the compiled classes. */
    ClassLoader loader() {
        return new ClassLoader(Compilation.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                byte[] bytes = outputs.get(name.replace('.', '/') + ".class");
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                return defineClass(name, bytes, 0, bytes.length);
            }
        };
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("memory:///" + name(text) + ".java"), Kind.SOURCE);
            this.text = text;
        }

        private static String name(String text) {
            var matcher = java.util.regex.Pattern.compile("\\b(?:class|enum|record|interface) (\\w+)")
                    .matcher(text);
            return matcher.find() ? matcher.group(1) : "package-info";
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> outputs;

        Memory(JavaFileManager standard, Map<String, ByteArrayOutputStream> outputs) {
            super(standard);
            this.outputs = outputs;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return output(className.replace('.', '/') + kind.extension, kind);
        }

        @Override
        public FileObject getFileForOutput(Location location, String packageName, String path, FileObject sibling) {
            return output(path, JavaFileObject.Kind.OTHER);
        }

        @Override
        public boolean isSameFile(FileObject a, FileObject b) {
            return a.equals(b);
        }

        private JavaFileObject output(String path, JavaFileObject.Kind kind) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            outputs.put(path, bytes);
            return new SimpleJavaFileObject(URI.create("memory:///" + path), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return bytes;
                }

                @Override
                public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                    return bytes.toString(StandardCharsets.UTF_8);
                }
            };
        }
    }
}
