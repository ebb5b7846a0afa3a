package com.acme.echo;

import dev.weft.dispatch.Dispatcher;
import dev.weft.dispatch.DispatcherProvider;
import dev.weft.dispatch.Instances;
import java.util.ServiceLoader;
import javax.annotation.processing.Generated;

/** Creates {@link Calculator} and its dispatcher. */
@Generated("dev.weft.processor.WeftProcessor")
public final class CalculatorDispatcherProvider implements DispatcherProvider {
    /** Called by {@link ServiceLoader}. */
    public CalculatorDispatcherProvider() {}

    @Override
    public Class<?> handler() {
        return Calculator.class;
    }

    @Override
    public Dispatcher create(Instances instances) {
        return new CalculatorDispatcher(calculator(instances));
    }

    private static Calculator calculator(Instances instances) {
        return instances.shared(Calculator.class, Calculator::new);
    }
}
