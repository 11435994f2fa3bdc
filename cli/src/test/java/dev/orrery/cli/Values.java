package dev.orrery.cli;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;

/** Arguments of events as the client wants them, and as lists, maps and byte buffers, which compare by content. */
final class Values {
    private Values() {}

    static Object[] encode(List<?> args) {
        return args.stream().map(Values::encode).toArray();
    }

    private static Object encode(Object value) {
        return switch (value) {
            case ByteBuffer bytes -> {
                byte[] copy = new byte[bytes.remaining()];
                bytes.duplicate().get(copy);
                yield copy;
            }
            case List<?> list -> {
                JSONArray array = new JSONArray();
                list.forEach(item -> array.put(encode(item)));
                yield array;
            }
            case Map<?, ?> map -> {
                JSONObject object = new JSONObject();
                map.forEach((key, item) -> put(object, key.toString(), encode(item)));
                yield object;
            }
            default -> value;
        };
    }

    static List<Object> decode(@Nullable Object[] args) {
        List<Object> list = new ArrayList<>();
        for (@Nullable Object arg : args) {
            list.add(decode(arg));
        }
        return list;
    }

    private static Object decode(@Nullable Object value) {
        return switch (value) {
            case null -> JSONObject.NULL;
            case byte[] bytes -> ByteBuffer.wrap(bytes);
            case JSONArray array -> {
                List<Object> list = new ArrayList<>();
                for (int index = 0; index < array.length(); index++) {
                    list.add(decode(array.opt(index)));
                }
                yield list;
            }
            case JSONObject object -> {
                Map<String, Object> map = new LinkedHashMap<>();
                for (Iterator<?> keys = object.keys(); keys.hasNext(); ) {
                    String key = keys.next().toString();
                    map.put(key, decode(object.opt(key)));
                }
                yield map;
            }
            default -> value;
        };
    }

    private static void put(JSONObject object, String key, Object value) {
        try {
            object.put(key, value);
        } catch (JSONException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
