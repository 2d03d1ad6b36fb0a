import type {
  Calendar,
  Event,
  ScheduleInformation,
  Subscription,
  User,
} from '@microsoft/microsoft-graph-types';

type Owned = 'calendar' | 'attachments' | 'extensions' | 'multiValueExtendedProperties' | 'instances';

/** An event without the navigations that nobody here asks for; they would drag half of Graph in. */
export interface GraphEvent extends Omit<Event, Owned | 'exceptionOccurrences'> {
  exceptionOccurrences?: GraphEvent[];
}

type Links =
  | 'events'
  | 'calendarView'
  | 'calendarPermissions'
  | 'multiValueExtendedProperties'
  | 'singleValueExtendedProperties';

/** What goes over the wire, as the pinned types have it. `schemas.json` is made from this file. */
export interface Shapes {
  readonly event: GraphEvent;
  readonly calendar: Omit<Calendar, Links>;
  readonly subscription: Subscription;
  readonly schedule: ScheduleInformation;
  readonly user: Pick<User, 'id' | 'displayName' | 'mail' | 'userPrincipalName'>;
}
