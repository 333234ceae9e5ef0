package dev.berth.api.audit;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What walking along a chain found.
 *
 * @param events how many there are
 * @param firstBroken the number of the first event that is not as it was written; null for an intact chain
 * @param headHash the hash of the last event, to compare with one that was kept elsewhere
 */
@Schema(name = "AuditVerification")
record AuditVerificationView(
        long events, boolean intact, @Nullable Long firstBroken, String headHash) {}
