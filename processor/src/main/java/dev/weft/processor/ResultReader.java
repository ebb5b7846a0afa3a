package dev.weft.processor;

import dev.weft.processor.EndpointModel.Result;
import dev.weft.processor.EndpointModel.Returned;
import dev.weft.processor.TypeName.Array;
import dev.weft.processor.TypeName.Named;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Reads what becomes of the value that a handler returns. */
final class ResultReader {
    private static final Named VOID = Named.of(Void.class);

    private final Mirrors mirrors;

    ResultReader(Mirrors mirrors) {
        this.mirrors = mirrors;
    }

    Returned read(ExecutableElement method, TypeMirror type) {
        boolean nullable = mirrors.isNullable(method.getAnnotationMirrors())
                || mirrors.isNullable(method.getReturnType().getAnnotationMirrors());
        return new Returned(result(type), mirrors.name(type).display(), nullable, obstacle(type));
    }

    private Result result(TypeMirror type) {
        return switch (type.getKind()) {
            case VOID -> Result.NONE;
            case ARRAY -> array((ArrayType) type);
            case DECLARED -> declared(type);
            default -> Result.OTHER;
        };
    }

    private Result array(ArrayType type) {
        if (mirrors.name(type).equals(new Array(Named.primitive("byte")))) {
            return Result.BYTE_ARRAY;
        }
        return type.getComponentType().getKind().isPrimitive() ? Result.OTHER : Result.OBJECT_ARRAY;
    }

    private Result declared(TypeMirror type) {
        if (mirrors.is(type, VOID)) {
            return Result.NONE;
        } else if (isStage(type)) {
            List<? extends TypeMirror> arguments = ((DeclaredType) type).getTypeArguments();
            boolean nothing = arguments.size() == 1 && mirrors.is(arguments.getFirst(), VOID);
            return nothing ? Result.EMPTY_STAGE : Result.STAGE;
        } else if (mirrors.isSubtype(type, RuntimeTypes.MESSAGE.qualified())) {
            return Result.MESSAGE;
        } else if (mirrors.is(type, RuntimeTypes.PROBLEM)) {
            return Result.PROBLEM;
        } else if (mirrors.is(type, RuntimeTypes.BYTES)) {
            return Result.BYTES;
        } else if (mirrors.is(type, Named.of(ByteBuffer.class))) {
            return Result.BYTE_BUFFER;
        }
        return mirrors.is(type, Named.of(String.class)) ? Result.TEXT : Result.OTHER;
    }

    private boolean isStage(TypeMirror type) {
        return mirrors.isSubtype(type, CompletionStage.class.getCanonicalName());
    }

    /** Returns why a value of {@code type} is nothing to send, with a remedy, or null. */
    private @Nullable String obstacle(TypeMirror type) {
        if (mirrors.is(type, RuntimeTypes.PROBLEM)) {
            return "which would be an ordinary value; throw it: problem.asException()";
        }
        if (type.getKind() == TypeKind.DECLARED && isStage(type)) {
            List<? extends TypeMirror> arguments = ((DeclaredType) type).getTypeArguments();
            return arguments.size() == 1 ? obstacle(arguments.getFirst()) : null;
        }
        return unwritable(type);
    }

    private @Nullable String unwritable(TypeMirror type) {
        return switch (type.getKind()) {
            case ARRAY -> unwritable(((ArrayType) type).getComponentType());
            case DECLARED -> unwritable((DeclaredType) type);
            default -> null;
        };
    }

    private @Nullable String unwritable(DeclaredType type) {
        String name = mirrors.name(type).display();
        if (mirrors.isSubtype(type, Future.class.getCanonicalName()) || isStage(type)) {
            return "but " + name + " cannot be written; wait for it, or declare CompletionStage";
        } else if (mirrors.isSubtype(type, Thread.class.getCanonicalName())) {
            return "but " + name + " cannot be written; return what the client shall know, or void";
        } else if (FrameworkTypes.isHome(mirrors.packageOf(mirrors.element(type)))
                && !mirrors.is(type, RuntimeTypes.PROBLEM)) {
            return "but " + name + " belongs to Weft and is no value; return what the client shall know, or void";
        }
        for (TypeMirror argument : type.getTypeArguments()) {
            String obstacle = unwritable(argument);
            if (obstacle != null) {
                return obstacle;
            }
        }
        return null;
    }
}
