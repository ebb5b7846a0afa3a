package com.acme.longnames;

import dev.weft.dispatch.Dispatcher;
import dev.weft.dispatch.DispatcherProvider;
import dev.weft.dispatch.Instances;
import java.util.ServiceLoader;
import javax.annotation.processing.Generated;

/** Creates {@link ReservationRequestHandlersForInteractiveSessions} and its dispatcher. */
@Generated("dev.weft.processor.WeftProcessor")
public final class ReservationRequestHandlersForInteractiveSessionsDispatcherProvider implements DispatcherProvider {
    /** Called by {@link ServiceLoader}. */
    public ReservationRequestHandlersForInteractiveSessionsDispatcherProvider() {}

    @Override
    public Class<?> handler() {
        return ReservationRequestHandlersForInteractiveSessions.class;
    }

    @Override
    public Dispatcher create(Instances instances) {
        return new ReservationRequestHandlersForInteractiveSessionsDispatcher(
                reservationRequestHandlersForInteractiveSessions(instances),
                organisationAuthorizerForInteractiveSessions(instances));
    }

    private static ReservationRequestHandlersForInteractiveSessions reservationRequestHandlersForInteractiveSessions(
            Instances instances) {
        return instances.shared(
                ReservationRequestHandlersForInteractiveSessions.class,
                ReservationRequestHandlersForInteractiveSessions::new);
    }

    private static OrganisationAuthorizerForInteractiveSessions organisationAuthorizerForInteractiveSessions(
            Instances instances) {
        return instances.shared(
                OrganisationAuthorizerForInteractiveSessions.class,
                () -> newOrganisationAuthorizerForInteractiveSessions(instances));
    }

    private static OrganisationAuthorizerForInteractiveSessions newOrganisationAuthorizerForInteractiveSessions(
            Instances instances) {
        OrganisationDirectory organisationDirectory = instances.get(OrganisationDirectory.class);
        OrganisationDirectory alternativeOrganisationDirectory = instances.get(OrganisationDirectory.class);
        return new OrganisationAuthorizerForInteractiveSessions(
                organisationDirectory, alternativeOrganisationDirectory);
    }
}
