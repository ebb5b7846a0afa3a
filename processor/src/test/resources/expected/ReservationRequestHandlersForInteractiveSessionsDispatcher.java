package com.acme.longnames;

import dev.weft.Event;
import dev.weft.Handshake;
import dev.weft.Socket;
import dev.weft.dispatch.EndpointDispatcher;
import dev.weft.json.BadValueException;
import dev.weft.json.ValueReader;
import java.util.Optional;
import javax.annotation.processing.Generated;

/** Calls the methods of {@link ReservationRequestHandlersForInteractiveSessions}. */
@Generated("dev.weft.processor.WeftProcessor")
final class ReservationRequestHandlersForInteractiveSessionsDispatcher implements EndpointDispatcher {
    private final ReservationRequestHandlersForInteractiveSessions endpoint;
    private final OrganisationAuthorizerForInteractiveSessions authorizer;

    ReservationRequestHandlersForInteractiveSessionsDispatcher(
            ReservationRequestHandlersForInteractiveSessions endpoint,
            OrganisationAuthorizerForInteractiveSessions authorizer) {
        this.endpoint = endpoint;
        this.authorizer = authorizer;
    }

    @Override
    public String namespace() {
        return "/long";
    }

    @Override
    public AuthorizedOrganisationPrincipal authorize(Handshake handshake) throws Exception {
        return authorizer.authorize(handshake);
    }

    @Override
    public boolean dispatch(Socket socket, Event event) throws Exception {
        switch (event.name()) {
            case "reserve" -> reserveSeatForOrganisation(socket, event);
            case "cancel" -> cancelSeatReservationOfOrganisation(socket, event);
            case "archive" -> archiveReservationOfOrganisation(socket, event);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void reserveSeatForOrganisation(Socket socket, Event event) throws Exception {
        ValueReader in = event.arguments().reader();
        ReservationConfirmationDetails requestedReservation = readReservationConfirmationDetails(argument(in, 0));
        Optional<ReservationConfirmationDetails> alternativeReservation = Optional.empty();
        if (in.hasNext() && !in.tryNull()) {
            alternativeReservation = Optional.of(readReservationConfirmationDetails(in));
        }
        var reply = endpoint.reserveSeatForOrganisation(
                socket,
                socket.principal(AuthorizedOrganisationPrincipal.class),
                requestedReservation,
                alternativeReservation);
        event.reply(reply);
    }

    private void cancelSeatReservationOfOrganisation(Socket socket, Event event) throws Exception {
        ValueReader in = event.arguments().reader();
        String nameOfTheReservationToCancel = argument(in, 0).readString();
        String reasonForTheCancellation = argument(in, 1).readString();
        boolean notifyAllOtherMembersOfTheOrganisation = argument(in, 2).readBoolean();
        boolean keepTheSeatForTheWaitingList = argument(in, 3).readBoolean();
        endpoint.cancelSeatReservationOfOrganisation(
                socket,
                socket.principal(AuthorizedOrganisationPrincipal.class),
                nameOfTheReservationToCancel,
                reasonForTheCancellation,
                notifyAllOtherMembersOfTheOrganisation,
                keepTheSeatForTheWaitingList);
    }

    private void archiveReservationOfOrganisation(Socket socket, Event event) throws Exception {
        ValueReader in = event.arguments().reader();
        ReservationConfirmationDetails archivedReservation = readReservationConfirmationDetails(argument(in, 0));
        var reply = endpoint.archiveReservationOfOrganisation(
                socket.principal(AuthorizedOrganisationPrincipal.class), archivedReservation);
        event.replyWhen(reply.thenRun(event::reply));
    }

    private static ReservationConfirmationDetails readReservationConfirmationDetails(ValueReader in) {
        String organisationIdentifier = null;
        String reservationIdentifier = null;
        String confirmationIdentifier = null;
        String nameOfTheResponsiblePerson = null;
        String notes = null;
        in.beginObject();
        for (String member; (member = in.nextName()) != null; ) {
            switch (member) {
                case "organisationIdentifier" -> organisationIdentifier = in.readString();
                case "reservationIdentifier" -> reservationIdentifier = in.readString();
                case "confirmationIdentifier" -> confirmationIdentifier = in.readString();
                case "nameOfTheResponsiblePerson" -> nameOfTheResponsiblePerson = in.readString();
                case "notes" -> notes = in.readString();
                default -> in.skip();
            }
        }
        if (organisationIdentifier == null) {
            throw in.missing("organisationIdentifier");
        }
        if (reservationIdentifier == null) {
            throw in.missing("reservationIdentifier");
        }
        if (confirmationIdentifier == null) {
            throw in.missing("confirmationIdentifier");
        }
        if (nameOfTheResponsiblePerson == null) {
            throw in.missing("nameOfTheResponsiblePerson");
        }
        if (notes == null) {
            throw in.missing("notes");
        }
        try {
            return new ReservationConfirmationDetails(
                    organisationIdentifier,
                    reservationIdentifier,
                    confirmationIdentifier,
                    nameOfTheResponsiblePerson,
                    notes);
        } catch (IllegalArgumentException refusal) {
            throw in.bad(refusal.getMessage() == null ? "not a valid value" : refusal.getMessage());
        }
    }

    private static ValueReader argument(ValueReader in, int index) {
        if (!in.hasNext()) {
            throw new BadValueException("$[" + index + "]", "required");
        }
        return in;
    }
}
