package dev.orrery.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What a machine needs to run a game, as a zip. The same class path gives the same bytes: entries are sorted, and have one time.
 *
 * <pre>
 * NAME/bin/orrery-server   finds a Java 25 and becomes the server
 * NAME/lib/*.jar           the game and its libraries
 * NAME/conf/server.conf    runs as it is; conf/reference.conf has every key
 * NAME/orrery.service      for systemd
 * NAME/Containerfile       for podman or docker, with this folder as its context
 * NAME/README.txt, LICENSE, NOTICE
 * </pre>
 *
 * @param name of the folder that holds everything
 * @param mainClass of the game
 * @param classPath jars, and folders of classes, which become jars
 */
record Distribution(String name, String mainClass, List<Path> classPath) {
    private static final List<String> TEMPLATES = List.of(
            "bin/orrery-server",
            "conf/server.conf",
            "orrery.service",
            "Containerfile",
            "README.txt",
            "LICENSE",
            "NOTICE");
    /** Zips hold local times: this one, wherever it is made. */
    private static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

    /** @throws IOException in a sentence, if it cannot be written */
    void write(Path zip) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (String template : TEMPLATES) {
            files.put(template, template("/distribution/" + template));
        }
        files.put("conf/reference.conf", template("/orrery-reference.conf"));
        int folders = 0;
        for (Path entry : classPath) {
            boolean isFolder = Files.isDirectory(entry);
            String jar = isFolder ? name + "-" + folders++ + ".jar" : String.valueOf(entry.getFileName());
            if (files.put("lib/" + jar, isFolder ? pack(entry) : Files.readAllBytes(entry)) != null) {
                throw new IOException("two files of the class path are called " + jar);
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Set<String> made = new HashSet<>();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                String path = name + "/" + file.getKey();
                for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                    if (made.add(path.substring(0, slash + 1))) {
                        put(out, path.substring(0, slash + 1), new byte[0]);
                    }
                }
                put(out, path, file.getValue());
            }
        }
        Files.write(zip, withModes(bytes.toByteArray()));
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        zip.putNextEntry(entry);
        zip.write(content);
    }

    /**
     * The zip with modes, which java.util.zip does not write (and the zip file system of the JDK adds times in UTC, which depend on
     * where it is made). They stand in the central directory (APPNOTE.TXT 4.3.12), whose place the last 22 bytes tell:
     *
     * <pre>
     * 0 signature  5 made by: 3 is Unix  28 name's length  30 extra's  32 comment's  38 attributes: mode in the upper half  46 name
     * </pre>
     */
    private byte[] withModes(byte[] zip) {
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int at = bytes.getInt(zip.length - 22 + 16);
        while (bytes.getInt(at) == 0x02014b50) {
            int nameLength = bytes.getShort(at + 28);
            String path = new String(zip, at + 46, nameLength, StandardCharsets.UTF_8);
            int mode = path.endsWith("/") ? 0040755 : path.startsWith(name + "/bin/") ? 0100755 : 0100644;
            bytes.put(at + 5, (byte) 3);
            bytes.putInt(at + 38, mode << 16);
            at += 46 + nameLength + bytes.getShort(at + 30) + bytes.getShort(at + 32);
        }
        return zip;
    }

    private byte[] template(String resource) throws IOException {
        try (InputStream in = Distribution.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("the class path has no " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@NAME@", name)
                    .replace("@MAIN@", mainClass)
                    .getBytes(StandardCharsets.UTF_8);
        }
    }

    private static byte[] pack(Path folder) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream jar = new ZipOutputStream(bytes);
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                put(jar, folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        return bytes.toByteArray();
    }
}
