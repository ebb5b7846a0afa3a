package com.acme.outdated;

import dev.weft.dispatch.Dispatcher;
import dev.weft.dispatch.DispatcherProvider;
import dev.weft.dispatch.Instances;
import java.util.ServiceLoader;
import javax.annotation.processing.Generated;

/** Creates {@link Outdated.OfRecord} and its dispatcher. */
@Generated("dev.weft.processor.WeftProcessor")
public final class Outdated_OfRecordDispatcherProvider implements DispatcherProvider {
    /** Called by {@link ServiceLoader}. */
    public Outdated_OfRecordDispatcherProvider() {}

    @Override
    public Class<?> handler() {
        return Outdated.OfRecord.class;
    }

    @Override
    public Dispatcher create(Instances instances) {
        return new Outdated_OfRecordDispatcher(ofRecord(instances));
    }

    private static Outdated.OfRecord ofRecord(Instances instances) {
        return instances.shared(Outdated.OfRecord.class, Outdated.OfRecord::new);
    }
}
