import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Verifies a proof of the ledger without the ledger: no network, no library, nothing shared with the code that made it. The
 * byte forms are those of docs/reference/ledger-seals.md.
 */
final class Verify {

    static final HexFormat HEX = HexFormat.of();

    static final class Wrong extends RuntimeException {
        Wrong(String what) {
            super(what);
        }
    }

    public static void main(String[] args) throws Exception {
        if (args.length < 1 || args.length == 2 || args.length > 3 || args.length == 3 && !args[1].equals("--key")) {
            System.err.println("usage: deploy/verify FILE [--key KEYID]");
            System.exit(2);
        }
        try {
            var proof = object(new Json(Files.readString(Path.of(args[0]))).whole());
            var key = args.length == 3 ? args[2] : null;
            System.out.println(switch (String.valueOf(proof.get("format"))) {
                case "kreislauf-inclusion-1" -> inclusion(proof, key);
                case "kreislauf-consistency-1" -> consistency(proof, key);
                case "kreislauf-payslip-1" -> payslip(proof, key);
                case "kreislauf-report-1" -> report(proof, key);
                default -> throw new Wrong("this is no proof of a Kreislauf ledger: format is " + proof.get("format"));
            });
        } catch (Wrong wrong) {
            System.out.println("WRONG: " + wrong.getMessage());
            System.exit(1);
        } catch (java.io.IOException unreadable) {
            System.out.println("WRONG: cannot be read: " + unreadable.getMessage());
            System.exit(1);
        } catch (RuntimeException malformed) {
            System.out.println("WRONG: malformed: " + malformed);
            System.exit(1);
        }
    }

    static String inclusion(Map<String, Object> proof, String trustedKey) throws Exception {
        var head = object(proof.get("head"));
        verifySignature(head, text(proof, "publicKey"), trustedKey, Keys.of(proof));
        var parts = new ArrayList<byte[]>();
        list(proof, "bookParts").forEach(part -> parts.add(HEX.parseHex((String) part)));
        var opened = new ArrayList<String>();
        var form = new String(HEX.parseHex(text(proof, "header")), 0, 8, StandardCharsets.US_ASCII).substring(6);
        for (var book : list(proof, "opened")) {
            opened.add(openedBook(object(book), parts, form));
        }
        var leafBytes = new Bytes().raw(HEX.parseHex(text(proof, "header"))).raw(HEX.parseHex(text(proof, "bodyPart"))).number(parts.size());
        parts.forEach(leafBytes::raw);
        var hash = sha256(new byte[] {0}, leafBytes.done());
        var no = number(proof, "leafNo");
        var size = number(head, "treeSize");
        require(no >= 0 && no < size, "leaf " + no + " is not in a tree of " + size);
        var fn = no;
        var sn = size - 1;
        for (var sibling : list(proof, "path")) {
            require(sn > 0, "the path is too long");
            var other = HEX.parseHex((String) sibling);
            if ((fn & 1) == 1 || fn == sn) {
                hash = sha256(new byte[] {1}, other, hash);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                hash = sha256(new byte[] {1}, hash, other);
            }
            fn >>= 1;
            sn >>= 1;
        }
        require(sn == 0, "the path is too short");
        require(Arrays.equals(hash, HEX.parseHex(text(head, "root"))), "the entry is not in the tree of this head, or the proof is of another tree");
        return "OK: leaf " + no + " of " + size + ", " + header(HEX.parseHex(text(proof, "header"))) + ", signed by key " + text(head, "keyId")
                + (opened.isEmpty() ? "" : "\n" + String.join("\n", opened));
    }

    /** Each payment is in the sealed ledger, in the annotator's own book, and together they are what the payslip says. */
    static String payslip(Map<String, Object> slip, String trustedKey) throws Exception {
        var paid = 0L;
        var said = new StringBuilder();
        var entries = new HashSet<String>();
        for (var one : list(slip, "lines")) {
            var line = object(one);
            var proof = object(line.get("proof"));
            said.append('\n').append(inclusion(proof, trustedKey));
            require(header(HEX.parseHex(text(proof, "header"))).equals("WagesPaid " + text(line, "entryId")), "the proof is of another entry than the payment");
            require(entries.add(text(line, "entryId")), "a payment is there twice");
            var cash = 0L;
            for (var book : list(proof, "opened")) {
                require(text(object(book), "book").equals(text(slip, "book")), "the proof opens another book than the payslip's");
                for (var leg : list(object(book), "legs")) {
                    var of = object(leg);
                    cash += text(of, "account").equals("CASH") && text(of, "commodity").equals(text(slip, "currency")) ? number(of, "amount") : 0;
                }
            }
            require(cash == number(line, "amountMinor"), "the line says " + number(line, "amountMinor") + ", the entry " + cash);
            paid = Math.addExact(paid, cash);
        }
        require(paid == number(slip, "totalMinor"), "the payslip says " + number(slip, "totalMinor") + ", its entries " + paid);
        return "OK: payslip of " + paid + " " + text(slip, "currency") + " (minor units), paid in " + entries.size() + " entries" + said;
    }

    /** The report is the one whose hash it carries, and the head that it names seals every entry that it was computed from. */
    static String report(Map<String, Object> report, String trustedKey) throws Exception {
        var seal = object(report.get("seal"));
        var head = object(seal.get("head"));
        verifySignature(head, text(seal, "publicKey"), trustedKey, Keys.of(seal));
        var watermark = object(report.get("watermark"));
        require(number(watermark, "tx") <= number(head, "tx") && number(watermark, "entries") <= number(head, "treeSize"),
                "the watermark is beyond the head of size " + number(head, "treeSize"));
        var rest = new TreeMap<String, Object>(report);
        rest.remove("sha256");
        var hash = HEX.formatHex(sha256(canonical(rest).getBytes(StandardCharsets.UTF_8)));
        require(hash.equals(text(report, "sha256")), "the report was changed: its SHA-256 is " + hash + ", not " + text(report, "sha256"));
        return "OK: report " + text(report, "report") + ", SHA-256 " + hash + ", of " + number(watermark, "entries") + " entries sealed in a tree of "
                + number(head, "treeSize") + ", signed by key " + text(head, "keyId");
    }

    /** Keys sorted, no white space. */
    static String canonical(Object value) {
        return switch (value) {
            case Map<?, ?> object -> new TreeMap<Object, Object>(object).entrySet().stream()
                    .map(member -> quoted((String) member.getKey()) + ":" + canonical(member.getValue())).collect(Collectors.joining(",", "{", "}"));
            case List<?> list -> list.stream().map(Verify::canonical).collect(Collectors.joining(",", "[", "]"));
            case String text -> quoted(text);
            case null -> "null";
            default -> value.toString();
        };
    }

    static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (var c : text.toCharArray()) {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case '\r' -> quoted.append("\\r");
                case '\b' -> quoted.append("\\b");
                case '\f' -> quoted.append("\\f");
                default -> quoted.append(c < ' ' ? "\\u%04X".formatted((int) c) : String.valueOf(c));
            }
        }
        return quoted.append('"').toString();
    }

    static String openedBook(Map<String, Object> book, List<byte[]> parts, String form) throws Exception {
        var legs = list(book, "legs");
        var bytes = new Bytes().raw(("KLBOOK" + form).getBytes(StandardCharsets.US_ASCII)).raw(HEX.parseHex(text(book, "salt"))).text(text(book, "book"))
                .number(legs.size());
        var lines = new StringBuilder("book " + text(book, "book"));
        for (var one : legs) {
            var leg = object(one);
            bytes.text(text(leg, "commodity")).text(text(leg, "account")).number(number(leg, "amount"));
            lines.append("\n  ").append(account(leg)).append(' ').append(number(leg, "amount")).append(' ').append(text(leg, "commodity"));
        }
        var part = sha256(bytes.done());
        require(parts.stream().anyMatch(known -> Arrays.equals(known, part)), "the legs of book " + text(book, "book") + " are not those of the entry");
        return lines.toString();
    }

    /** With the ids that the proof opens in it; the others stay hashes. */
    static String account(Map<String, Object> leg) throws Exception {
        var account = text(leg, "account");
        for (var one : leg.containsKey("names") ? list(leg, "names") : List.of()) {
            var name = object(one);
            var closed = "#" + HEX.formatHex(sha256(new Bytes().raw("KLNAME2\n".getBytes(StandardCharsets.US_ASCII)).raw(HEX.parseHex(text(name, "salt")))
                    .text(text(name, "id")).done()));
            require(account.contains(closed), text(name, "id") + " is not who the account " + account + " names");
            account = account.replace(closed, text(name, "id"));
        }
        return account;
    }

    static String consistency(Map<String, Object> proof, String trustedKey) throws Exception {
        var firstHead = object(proof.get("first"));
        var secondHead = object(proof.get("second"));
        var keys = Keys.of(proof);
        verifySignature(firstHead, text(proof, "firstPublicKey"), null, keys);
        verifySignature(secondHead, text(proof, "secondPublicKey"), trustedKey, keys);
        require(keys.lead(text(firstHead, "keyId"), text(secondHead, "keyId")), "the head of size " + number(secondHead, "treeSize") + " is signed by key "
                + text(secondHead, "keyId") + ", for which key " + text(firstHead, "keyId") + " of the earlier head does not vouch");
        var first = number(firstHead, "treeSize");
        var second = number(secondHead, "treeSize");
        var firstRoot = HEX.parseHex(text(firstHead, "root"));
        var secondRoot = HEX.parseHex(text(secondHead, "root"));
        require(first >= 1 && first <= second, "the first tree is larger than the second");
        var path = new ArrayDeque<byte[]>();
        list(proof, "path").forEach(node -> path.add(HEX.parseHex((String) node)));
        if (first == second) {
            require(path.isEmpty() && Arrays.equals(firstRoot, secondRoot), "two heads of one size differ");
        } else {
            if (Long.bitCount(first) == 1) {
                path.addFirst(firstRoot);
            }
            require(!path.isEmpty(), "the path is too short");
            var fn = first - 1;
            var sn = second - 1;
            while ((fn & 1) == 1) {
                fn >>= 1;
                sn >>= 1;
            }
            var fr = path.removeFirst();
            var sr = fr;
            for (var node : path) {
                require(sn != 0, "the path is too long");
                if ((fn & 1) == 1 || fn == sn) {
                    fr = sha256(new byte[] {1}, node, fr);
                    sr = sha256(new byte[] {1}, node, sr);
                    while ((fn & 1) == 0 && fn != 0) {
                        fn >>= 1;
                        sn >>= 1;
                    }
                } else {
                    sr = sha256(new byte[] {1}, sr, node);
                }
                fn >>= 1;
                sn >>= 1;
            }
            require(sn == 0, "the path is too short");
            require(Arrays.equals(fr, firstRoot) && Arrays.equals(sr, secondRoot), "the first tree is not a prefix of the second");
        }
        return "OK: the tree of " + first + " is a prefix of the tree of " + second + ", signed by key " + text(secondHead, "keyId");
    }

    /** The keys of a proof, each with the voucher of the one before it. */
    record Keys(Map<String, Map<String, Object>> byId) {

        /** A key whose voucher is not by the key that it names is forged, wherever in the proof it stands. */
        static Keys of(Map<String, Object> proof) throws Exception {
            var byId = new LinkedHashMap<String, Map<String, Object>>();
            for (var one : proof.containsKey("keys") ? list(proof, "keys") : List.of()) {
                var key = object(one);
                var id = text(key, "keyId");
                require(id.equals(keyId(publicKey(key))), "key " + id + " is forged: its public key is " + keyId(publicKey(key)));
                if (key.get("vouchedBy") != null) {
                    var before = byId.get(text(key, "vouchedBy"));
                    require(before != null && signed(publicKey(before), publicKey(key), text(key, "voucher")),
                            "key " + id + " is forged: key " + text(key, "vouchedBy") + " does not vouch for it");
                }
                byId.put(id, key);
            }
            return new Keys(byId);
        }

        private static byte[] publicKey(Map<String, Object> key) {
            return Base64.getDecoder().decode(text(key, "publicKey"));
        }

        /** Whether the later key is the earlier one, or vouched for by it, or by one that it vouched for ... */
        boolean lead(String earlier, String later) {
            var at = later;
            for (var steps = 0; at != null && steps <= byId.size(); steps++) {
                if (at.equals(earlier)) {
                    return true;
                }
                at = byId.containsKey(at) ? (String) byId.get(at).get("vouchedBy") : null;
            }
            return false;
        }
    }

    static String keyId(byte[] publicKey) throws Exception {
        return HEX.formatHex(sha256(publicKey), 0, 8);
    }

    static boolean signed(byte[] publicKey, byte[] bytes, String signed) throws Exception {
        var signature = Signature.getInstance("Ed25519");
        signature.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(publicKey)));
        signature.update(bytes);
        try {
            return signature.verify(Base64.getDecoder().decode(signed));
        } catch (java.security.SignatureException malformed) {
            return false;
        }
    }

    static void verifySignature(Map<String, Object> head, String publicKey, String trustedKey, Keys keys) throws Exception {
        var keyBytes = Base64.getDecoder().decode(publicKey);
        var keyId = keyId(keyBytes);
        require(keyId.equals(text(head, "keyId")), "the public key is " + keyId + ", not " + text(head, "keyId"));
        require(trustedKey == null || keys.lead(trustedKey, keyId), "signed by key " + keyId + ", not by the one you trust, which does not vouch for it either");
        var bytes = new Bytes().raw("KLHEAD1\n".getBytes(StandardCharsets.US_ASCII)).number(number(head, "treeSize"))
                .raw(HEX.parseHex(text(head, "root"))).number(number(head, "tx")).number(micros(text(head, "firmAt")))
                .number(micros(text(head, "sealedAt"))).text(text(head, "keyId")).done();
        require(signed(keyBytes, bytes, text(head, "signature")), "the signature of the head of size " + number(head, "treeSize") + " is not valid");
    }

    /** Event and id, read from the header's bytes. */
    static String header(byte[] header) {
        var bytes = ByteBuffer.wrap(header);
        bytes.position(8 + 16);
        var id = read(bytes);
        return read(bytes) + " " + id;
    }

    static String read(ByteBuffer bytes) {
        var text = new byte[bytes.getInt()];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    static long micros(String instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(instant));
    }

    static byte[] sha256(byte[]... parts) throws Exception {
        var digest = MessageDigest.getInstance("SHA-256");
        for (var part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new Wrong(otherwise);
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object value) {
        require(value instanceof Map, "malformed: an object is missing");
        return (Map<String, Object>) value;
    }

    static List<?> list(Map<String, Object> of, String field) {
        require(of.get(field) instanceof List, "malformed: no list " + field);
        return (List<?>) of.get(field);
    }

    static String text(Map<String, Object> of, String field) {
        require(of.get(field) instanceof String, "malformed: no text " + field);
        return (String) of.get(field);
    }

    static long number(Map<String, Object> of, String field) {
        require(of.get(field) instanceof Long, "malformed: no number " + field);
        return (Long) of.get(field);
    }

    static final class Bytes {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Bytes raw(byte[] bytes) {
            out.writeBytes(bytes);
            return this;
        }

        Bytes number(long number) {
            return raw(ByteBuffer.allocate(8).putLong(number).array());
        }

        Bytes text(String text) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            return raw(ByteBuffer.allocate(4).putInt(bytes.length).array()).raw(bytes);
        }

        byte[] done() {
            return out.toByteArray();
        }
    }

    /** A number that is no whole one of 64 bits, as it is written. */
    record Decimal(String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    /** As much JSON as proofs and reports hold: objects, lists, texts, numbers, true, false, null. */
    static final class Json {
        private final String text;
        private int at;

        Json(String text) {
            this.text = text;
        }

        Object whole() {
            var value = value();
            space();
            require(at == text.length(), "malformed: more than one JSON value");
            return value;
        }

        private Object value() {
            space();
            require(at < text.length(), "malformed: the file ends too early");
            return switch (text.charAt(at)) {
                case '{' -> members();
                case '[' -> elements();
                case '"' -> string();
                case 't' -> word("true", true);
                case 'f' -> word("false", false);
                case 'n' -> word("null", null);
                default -> number();
            };
        }

        private Map<String, Object> members() {
            var members = new LinkedHashMap<String, Object>();
            at++;
            for (space(); !next('}'); space()) {
                var name = string();
                space();
                require(next(':'), "malformed: ':' missing");
                require(members.putIfAbsent(name, value()) == null, "malformed: " + name + " is there twice");
                space();
                next(',');
            }
            return members;
        }

        private List<Object> elements() {
            var elements = new ArrayList<Object>();
            at++;
            for (space(); !next(']'); space()) {
                elements.add(value());
                space();
                next(',');
            }
            return elements;
        }

        private String string() {
            require(next('"'), "malformed: a text is missing");
            var string = new StringBuilder();
            while (!next('"')) {
                var c = text.charAt(at++);
                if (c == '\\') {
                    c = text.charAt(at++);
                    if (c == 'u') {
                        string.append((char) Integer.parseInt(text.substring(at, at += 4), 16));
                    } else {
                        string.append(switch (c) {
                            case 'n' -> '\n';
                            case 't' -> '\t';
                            case 'r' -> '\r';
                            case 'b' -> '\b';
                            case 'f' -> '\f';
                            default -> c;
                        });
                    }
                } else {
                    string.append(c);
                }
            }
            return string.toString();
        }

        private Object number() {
            var start = at;
            while (at < text.length() && "+-.0123456789Ee".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            var number = text.substring(start, at);
            if (number.matches("-?[0-9]+")) {
                return Long.parseLong(number);
            }
            require(number.matches("-?[0-9]+([.][0-9]+)?([Ee][+-]?[0-9]+)?"), "malformed: not JSON");
            return new Decimal(number);
        }

        private Object word(String word, Object value) {
            require(text.startsWith(word, at), "malformed: not JSON");
            at += word.length();
            return value;
        }

        private boolean next(char c) {
            require(at < text.length(), "malformed: the file ends too early");
            if (text.charAt(at) != c) {
                return false;
            }
            at++;
            return true;
        }

        private void space() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }
    }
}
