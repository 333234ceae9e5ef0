package dev.berth.workflows.payload;

import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverterException;
import io.temporal.payload.codec.PayloadCodec;
import java.util.List;

/**
 * Refuses payloads that a server would only warn about. A real server refuses 2 MB, the test server nothing, and an oversized
 * command can block a workflow for good; whoever has something large puts it into a row and passes its id.
 */
final class SizeGuard implements PayloadCodec {
    static final int LIMIT_BYTES = 256 * 1024;

    @Override
    public List<Payload> encode(List<Payload> payloads) {
        for (Payload payload : payloads) {
            int size = payload.getSerializedSize();
            if (size > LIMIT_BYTES) {
                throw new DataConverterException("A payload of " + size + " bytes is larger than " + LIMIT_BYTES
                        + ": keep it in a row, pass its id");
            }
        }
        return payloads;
    }

    @Override
    public List<Payload> decode(List<Payload> payloads) {
        return payloads;
    }
}
