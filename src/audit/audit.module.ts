import { Module } from '@nestjs/common';
import { AuditController } from './audit.controller.ts';
import { Audit } from './audit.ts';

/** What admins and auditors see. */
@Module({ controllers: [AuditController], providers: [Audit] })
export class AuditModule {}
