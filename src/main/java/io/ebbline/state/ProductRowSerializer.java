package io.ebbline.state;

import io.ebbline.offer.ListUpdate;
import io.ebbline.offer.RowDelta;
import java.util.Map;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Stores a {@link ProductRow}: a version, the row, the open ticks and their counts, the lists told last, who asks. */
public final class ProductRowSerializer extends PackedSerializer<ProductRow> {

    /** Version 1: the first. */
    private static final int V1 = 1;

    @Override
    protected void write(ProductRow value, PackedWriter out) {
        AffinityCodec.write(value.row(), out.writeByte(V1));
        out.writeUnsigned(value.open().size());
        for (Map.Entry<Integer, RowDelta> tick : value.open().entrySet()) {
            AffinityCodec.write(tick.getValue(), out.writeSigned(tick.getKey()));
        }
        ListUpdate told = value.told();
        out.writeByte(told == null ? 0 : 1);
        if (told != null) {
            AffinityCodec.write(told, out);
        }
        out.writeUnsigned(value.asks().size());
        for (ProductRow.Ask ask : value.asks()) {
            out.writeString(ask.customer()).writeInstant(ask.due());
        }
    }

    @Override
    protected ProductRow read(PackedReader in) {
        int version = in.readByte();
        if (version != V1) {
            throw new PackedReader.MalformedException("A product is stored in format " + version
                    + ", which this release does not know: run the release that wrote it, or a newer one.");
        }
        ProductRow value = new ProductRow(AffinityCodec.readRow(in));
        for (int left = in.readCount(2); left > 0; left--) {
            value.add((int) in.readSigned(), AffinityCodec.readDelta(in));
        }
        if (in.readByte() != 0) {
            value.told(AffinityCodec.readList(in));
        }
        for (int left = in.readCount(2); left > 0; left--) {
            value.ask(new ProductRow.Ask(in.readString(), in.readInstant()));
        }
        return value;
    }

    @Override
    public PackedSerializer<ProductRow> duplicate() {
        return new ProductRowSerializer();
    }

    @Override
    public ProductRow createInstance() {
        return new ProductRow("");
    }

    @Override
    public TypeSerializerSnapshot<ProductRow> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Its name is in every savepoint: never move it. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ProductRow> {
        public Snapshot() {
            super(ProductRowSerializer::new);
        }
    }
}
