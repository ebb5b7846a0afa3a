package dev.weft.json;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as JavaScript writes them (ECMA-262, Number::toString), so that a client gets back what it sent. */
final class JavaScriptNumber {
    private static final double EXACT = 1L << 53;

    private JavaScriptNumber() {}

    /** Returns whether {@code value} has no fraction and is below 2^53, so that it is written as a {@code long}. */
    static boolean isWhole(double value) {
        return value == Math.rint(value) && Math.abs(value) < EXACT;
    }

    /** Returns whether Java writes {@code value}, which has a fraction or is large, as JavaScript does. */
    static boolean isPlain(double value) {
        double size = Math.abs(value);
        return size >= 1e-3 && size < 1e7;
    }

    /** Returns the text of a finite number. */
    static String text(double value) {
        return text(shortest(new BigDecimal(Double.toString(value)).stripTrailingZeros(), value));
    }

    /** Returns the text of a finite number. */
    static String text(float value) {
        return text(new BigDecimal(Float.toString(value)).stripTrailingZeros());
    }

    /** Java writes two digits at least, and of 5e-324 makes 4.9E-324. */
    private static BigDecimal shortest(BigDecimal digits, double value) {
        BigDecimal one = digits.precision() == 2 ? digits.round(new MathContext(1)) : digits;
        return one.doubleValue() == value ? one : digits;
    }

    private static String text(BigDecimal value) {
        String sign = value.signum() < 0 ? "-" : "";
        String digits = value.unscaledValue().abs().toString();
        int point = digits.length() - value.scale();
        if (point > 21 || point <= -6) {
            return sign + scientific(digits, point - 1);
        }
        if (point <= 0) {
            return sign + "0." + "0".repeat(-point) + digits;
        }
        if (point >= digits.length()) {
            return sign + digits + "0".repeat(point - digits.length());
        }
        return sign + digits.substring(0, point) + "." + digits.substring(point);
    }

    private static String scientific(String digits, int exponent) {
        String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        return digits.charAt(0) + fraction + (exponent < 0 ? "e-" : "e+") + Math.abs(exponent);
    }
}
