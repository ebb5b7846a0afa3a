package com.acme.longnames;

import dev.weft.Authorizer;
import dev.weft.Handshake;
import dev.weft.Socket;
import dev.weft.annotation.Authorize;
import dev.weft.annotation.Endpoint;
import dev.weft.annotation.OnMessage;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

@Endpoint("/long")
@Authorize(OrganisationAuthorizerForInteractiveSessions.class)
class ReservationRequestHandlersForInteractiveSessions {
    @OnMessage("reserve")
    ReservationConfirmationDetails reserveSeatForOrganisation(
            Socket socket,
            AuthorizedOrganisationPrincipal principal,
            ReservationConfirmationDetails requestedReservation,
            Optional<ReservationConfirmationDetails> alternativeReservation) {
        return alternativeReservation.orElse(requestedReservation);
    }

    @OnMessage("cancel")
    void cancelSeatReservationOfOrganisation(
            Socket socket,
            AuthorizedOrganisationPrincipal principal,
            String nameOfTheReservationToCancel,
            String reasonForTheCancellation,
            boolean notifyAllOtherMembersOfTheOrganisation,
            boolean keepTheSeatForTheWaitingList) {}

    @OnMessage("archive")
    CompletionStage<Void> archiveReservationOfOrganisation(
            AuthorizedOrganisationPrincipal principal, ReservationConfirmationDetails archivedReservation) {
        return CompletableFuture.completedFuture(null);
    }
}

record ReservationConfirmationDetails(
        String organisationIdentifier,
        String reservationIdentifier,
        String confirmationIdentifier,
        String nameOfTheResponsiblePerson,
        String notes) {
    ReservationConfirmationDetails {
        if (notes.length() > 1000) {
            throw new IllegalArgumentException("notes must have at most 1000 characters");
        }
    }
}

record AuthorizedOrganisationPrincipal(String organisation) {}

final class OrganisationAuthorizerForInteractiveSessions implements Authorizer<AuthorizedOrganisationPrincipal> {
    private final OrganisationDirectory organisationDirectory;
    private final OrganisationDirectory alternativeOrganisationDirectory;

    OrganisationAuthorizerForInteractiveSessions(
            OrganisationDirectory organisationDirectory,
            OrganisationDirectory alternativeOrganisationDirectory) {
        this.organisationDirectory = organisationDirectory;
        this.alternativeOrganisationDirectory = alternativeOrganisationDirectory;
    }

    @Override
    public AuthorizedOrganisationPrincipal authorize(Handshake handshake) {
        return new AuthorizedOrganisationPrincipal(organisationDirectory + " " + alternativeOrganisationDirectory);
    }
}

final class OrganisationDirectory {}
