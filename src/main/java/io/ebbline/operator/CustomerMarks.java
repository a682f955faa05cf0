package io.ebbline.operator;

import io.ebbline.engine.Erasures.Mark;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * Marks of customers: the first 16 bytes of HMAC-SHA-256 (RFC 2104) of the id in UTF-8 under a secret. Not safe for use by
 * several threads.
 */
final class CustomerMarks {

    private static final String ALGORITHM = "HmacSHA256";

    private final Mac mac;
    private final int keyGroups;

    /** Marks under a secret, for an operator of so many key groups. */
    CustomerMarks(byte[] secret, int keyGroups) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA-256.", e);
        }
        this.keyGroups = keyGroups;
    }

    Mark of(String customer) {
        ByteBuffer hash = ByteBuffer.wrap(mac.doFinal(customer.getBytes(StandardCharsets.UTF_8)));
        return new Mark(KeyGroupRangeAssignment.assignToKeyGroup(customer, keyGroups), hash.getLong(), hash.getLong());
    }
}
