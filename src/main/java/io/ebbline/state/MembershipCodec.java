package io.ebbline.state;

import io.ebbline.event.Move.Hop;
import io.ebbline.profile.Membership;
import io.ebbline.profile.Membership.Member;
import io.ebbline.profile.Membership.Retired;
import io.ebbline.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stored form of a {@link Membership}: one byte for a customer who was never merged with anybody. */
final class MembershipCodec {

    private MembershipCodec() {}

    static void write(Membership membership, PackedWriter out) {
        Retired retired = membership.retired();
        out.writeByte(membership.members().size() << 1 | (retired == null ? 0 : 1));
        if (retired != null) {
            out.writeString(retired.into());
            write(retired.hop(), out);
        }
        for (Member member : membership.members()) {
            writePath(member.path(), out);
            CustomerCodec.writeProfile(member.profile(), out);
        }
    }

    static Membership read(PackedReader in) {
        int head = in.readByte();
        if (head == 0) {
            return Membership.NONE;
        }
        int size = head >> 1;
        if (size > Membership.CAPACITY) {
            throw new PackedReader.MalformedException("A customer has " + size + " members.");
        }
        @Nullable Retired retired = (head & 1) == 0 ? null : new Retired(in.readString(), readHop(in));
        List<Member> members = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            List<Hop> path = readPath(in);
            Profile profile = new Profile();
            CustomerCodec.readProfile(profile, in);
            members.add(new Member(path, profile));
        }
        return new Membership(retired, members);
    }

    static void writePath(List<Hop> path, PackedWriter out) {
        out.writeUnsigned(path.size());
        for (Hop hop : path) {
            write(hop, out);
        }
    }

    static List<Hop> readPath(PackedReader in) {
        int count = in.readCount(3);
        List<Hop> path = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            path.add(readHop(in));
        }
        return path;
    }

    private static void write(Hop hop, PackedWriter out) {
        out.writeString(hop.customerId()).writeSigned(hop.time()).writeString(hop.requestId());
    }

    private static Hop readHop(PackedReader in) {
        return new Hop(in.readString(), in.readSigned(), in.readString());
    }
}
