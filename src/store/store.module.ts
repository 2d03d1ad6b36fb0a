import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { PostgresStore } from './postgres-store.ts';
import { Store } from './store.ts';

/** What is remembered, for every room: the loop asks for `Store`, the features for `PostgresStore`. */
@Module({})
export class StoreModule {
  static over(store: PostgresStore): DynamicModule {
    const providers = [
      { provide: PostgresStore, useValue: store },
      { provide: Store, useExisting: PostgresStore },
    ];
    return { module: StoreModule, global: true, providers, exports: [PostgresStore, Store] };
  }
}
