package dev.orrery.processor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Reads one class file of a rules package and lists what it may not contain. One use. */
final class GateClass extends ClassVisitor {
    private static final int STATIC_FINAL = Opcodes.ACC_STATIC | Opcodes.ACC_FINAL;
    private static final String KIND = "dev/orrery/rules/Kind";
    private static final String SOLO = "dev/orrery/rules/Solo";

    private final Set<String> unseenFields = new HashSet<>();
    private final Map<String, GateMethod> methods = new HashMap<>();
    private String name = "";
    private Refusals refusals = new Refusals("");
    private boolean synthetic;
    private boolean isEnum;
    private boolean kind;
    private boolean solo;
    private Allowed allowed = new Allowed("");

    private GateClass() {
        super(Opcodes.ASM9);
    }

    /** Everything forbidden in a class file, in its order. */
    static List<Violation> read(byte[] classFile) {
        GateClass gate = new GateClass();
        new ClassReader(classFile).accept(gate, 0);
        return gate.refusals.all();
    }

    @Override
    public void visit(
            int version, int access, String name, @Nullable String signature, String superName, String[] interfaces) {
        this.name = name;
        refusals = new Refusals(name);
        synthetic = (access & Opcodes.ACC_SYNTHETIC) != 0;
        isEnum = superName.equals("java/lang/Enum");
        kind = List.of(interfaces).contains(KIND);
        solo = List.of(interfaces).contains(SOLO);
        allowed = new Allowed(name.substring(0, name.lastIndexOf('/') + 1));
        checkClass(superName, "class", 0);
        for (String each : interfaces) {
            checkClass(each, "class", 0);
        }
    }

    @Override
    public void visitSource(@Nullable String source, @Nullable String debug) {
        refusals.from(source == null ? "" : source);
    }

    @Override
    public @Nullable FieldVisitor visitField(
            int access, String field, String descriptor, @Nullable String signature, @Nullable Object value) {
        checkType(Type.getType(descriptor), field, 0);
        boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
        if (isStatic && (access & Opcodes.ACC_SYNTHETIC) == 0) {
            boolean constant = (access & STATIC_FINAL) == STATIC_FINAL;
            // A Kind keeps its enums' constants; it is generated, and its arrays never leave it.
            boolean array = descriptor.startsWith("[") && !(kind && (access & Opcodes.ACC_PRIVATE) != 0);
            boolean list = descriptor.equals("Ljava/util/ArrayList;") || descriptor.equals("Ljava/lang/Object;");
            if (!constant || array || list) {
                complain(field, 0, "static state is shared between worlds; use a field of an actor or of the map");
            }
        }
        return new FieldVisitor(Opcodes.ASM9) {
            @Override
            public @Nullable AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
                if (annotation.equals("Ldev/orrery/rules/Hidden;") || annotation.equals("Ldev/orrery/rules/Owner;")) {
                    unseenFields.add(field);
                }
                return null;
            }
        };
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access, String method, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        boolean switchTable = synthetic && method.equals("<clinit>");
        boolean ofEnum = isEnum && (method.equals("$values") || method.equals("valueOf"));
        if (switchTable || ofEnum) {
            return null; // What javac itself writes for switches over enums, and for enums.
        }
        checkType(Type.getMethodType(descriptor), method, 0);
        if ((access & (Opcodes.ACC_SYNCHRONIZED | Opcodes.ACC_NATIVE)) != 0) {
            complain(method, 0, "rules run alone and in plain Java; drop synchronized and native");
        }
        GateMethod visitor = new GateMethod(this, method);
        methods.put(method + descriptor, visitor);
        return visitor;
    }

    /** The solo step is computed by browsers that were never sent hidden fields, so it must not read them. */
    @Override
    public void visitEnd() {
        if (!solo || unseenFields.isEmpty()) {
            return;
        }
        List<String> open = new ArrayList<>(
                methods.keySet().stream().filter(m -> m.startsWith("step(")).toList());
        Set<String> reached = new HashSet<>(open);
        while (!open.isEmpty()) {
            GateMethod method = methods.get(open.removeLast());
            if (method == null) {
                continue;
            }
            method.reads().forEach((field, line) -> {
                if (unseenFields.contains(field)) {
                    complain(
                            method.name(),
                            line,
                            "the solo step reads " + field + ", which not everyone is sent; drop"
                                    + " @Hidden or @Owner, or use it in the server's tick");
                }
            });
            method.calls().stream().filter(reached::add).forEach(open::add);
        }
    }

    String name() {
        return name;
    }

    Allowed allowed() {
        return allowed;
    }

    void complain(String member, int line, String sentence) {
        refusals.add(member, line, sentence);
    }

    void checkClass(String internalName, String member, int line) {
        if (internalName.startsWith("[")) {
            checkType(Type.getType(internalName), member, line);
            return;
        }
        allowed.refuseClass(internalName).ifPresent(sentence -> complain(member, line, sentence));
    }

    /** Refuses float, long and classes out of bounds anywhere in a type. */
    void checkType(Type type, String member, int line) {
        switch (type.getSort()) {
            case Type.FLOAT -> complain(member, line, "float rounds differently in JavaScript; use double");
            case Type.LONG -> complain(member, line, "long is no number in JavaScript; use int, or double up to 2^53");
            case Type.ARRAY -> checkType(type.getElementType(), member, line);
            case Type.OBJECT -> checkClass(type.getInternalName(), member, line);
            case Type.METHOD -> {
                for (Type argument : type.getArgumentTypes()) {
                    checkType(argument, member, line);
                }
                checkType(type.getReturnType(), member, line);
            }
            default -> {}
        }
    }
}
