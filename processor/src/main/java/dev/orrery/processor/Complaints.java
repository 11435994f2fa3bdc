package dev.orrery.processor;

import javax.annotation.processing.Messager;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic;

/** Tells the author of rules what is wrong, at the place, with what to write instead. Owned by the compiler's thread. */
final class Complaints {
    private final Messager messager;
    private int count;

    Complaints(Messager messager) {
        this.messager = messager;
    }

    void at(Element element, String sentence) {
        count++;
        messager.printMessage(Diagnostic.Kind.ERROR, sentence, element);
    }

    /** How many there were so far; a shape that added some is not written. */
    int count() {
        return count;
    }
}
