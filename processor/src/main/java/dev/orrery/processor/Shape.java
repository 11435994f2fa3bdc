package dev.orrery.processor;

import com.palantir.javapoet.ClassName;
import java.util.List;
import javax.lang.model.element.TypeElement;

/**
 * An annotated class as the processor understood it.
 *
 * @param element the class itself, for messages and as origin of what is generated
 * @param name of the kind, as in {@link dev.orrery.rules.FieldTable}
 * @param slots in the order of declaration, which is the order in a row
 */
record Shape(TypeElement element, ClassName type, Role role, String name, List<Slot> slots) {

    /** What the class is annotated as. */
    enum Role {
        ACTOR,
        INPUT,
        EVENT
    }

    ClassName kind() {
        return type.peerClass(type.simpleName() + "Kind");
    }

    int rowLength() {
        return slots.stream().mapToInt(Slot::ints).sum();
    }
}
