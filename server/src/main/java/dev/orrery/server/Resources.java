package dev.orrery.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** Reads all files of a folder on the class path into memory, so that no request ever reaches a file system. */
final class Resources {
    private Resources() {}

    /**
     * Contents by path below the folder; empty if the folder does not have the file by which it is found.
     *
     * @param folder with a slash at its end
     * @param known a file in it: folders themselves cannot be found on every class path
     */
    static Map<String, byte[]> read(ClassLoader loader, String folder, String known) {
        URL found = loader.getResource(folder + known);
        if (found == null) {
            return Map.of();
        }
        try {
            if (found.getProtocol().equals("jar")) {
                return fromJar((JarURLConnection) found.openConnection(), folder);
            }
            String root = found.toExternalForm();
            return fromFolder(Path.of(new URI(root.substring(0, root.length() - known.length()))));
        } catch (IOException | URISyntaxException e) {
            throw new UncheckedIOException("cannot read " + folder, new IOException(e));
        }
    }

    private static Map<String, byte[]> fromJar(JarURLConnection connection, String folder) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        connection.setUseCaches(false);
        try (JarFile jar = connection.getJarFile()) {
            for (ZipEntry entry : jar.stream().toList()) {
                if (!entry.isDirectory() && entry.getName().startsWith(folder)) {
                    contents.put(
                            entry.getName().substring(folder.length()),
                            jar.getInputStream(entry).readAllBytes());
                }
            }
        }
        return contents;
    }

    private static Map<String, byte[]> fromFolder(Path root) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(root.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        return contents;
    }
}
