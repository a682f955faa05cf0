package io.ebbline.state;

import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Stores a {@link Customer} by {@link CustomerCodec}, which carries its own version. */
public final class CustomerSerializer extends PackedSerializer<Customer> {

    @Override
    protected void write(Customer value, PackedWriter out) {
        CustomerCodec.write(value, out);
    }

    @Override
    protected Customer read(PackedReader in) {
        return CustomerCodec.read(in);
    }

    @Override
    public PackedSerializer<Customer> duplicate() {
        return new CustomerSerializer();
    }

    @Override
    public Customer createInstance() {
        return new Customer();
    }

    @Override
    public TypeSerializerSnapshot<Customer> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Its name is in every savepoint: never move it. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Customer> {
        public Snapshot() {
            super(CustomerSerializer::new);
        }
    }
}
