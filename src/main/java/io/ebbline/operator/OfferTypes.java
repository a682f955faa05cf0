package io.ebbline.operator;

import io.ebbline.profile.Basket;
import io.ebbline.state.BasketCodec;
import io.ebbline.state.FactCodec;
import io.ebbline.state.PackedReader;
import io.ebbline.state.PackedWriter;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** How what becomes offers is written on the way between operators. None of it is in a savepoint. */
public final class OfferTypes {

    /** Purchases, as affinities count them. */
    public static final TypeInformation<Basket> BASKET =
            new EdgeType<>(Basket.class, BasketCodec::write, BasketCodec::read);

    /** What happens to customers. */
    public static final TypeInformation<CustomerFact> CUSTOMER_FACT =
            new EdgeType<>(CustomerFact.class, OfferTypes::writeFact, OfferTypes::readFact);

    private OfferTypes() {}

    private static void writeFact(CustomerFact fact, PackedWriter out) {
        FactCodec.write(fact.fact(), out.writeString(fact.customer()));
    }

    private static CustomerFact readFact(PackedReader in) {
        return new CustomerFact(in.readString(), FactCodec.read(in));
    }
}
