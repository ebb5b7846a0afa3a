package dev.weft.server;

import dev.weft.WeftException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A certificate chain and its private key from two PEM files (RFC 7468; RFC 5208 for the key). */
final class PemFiles {
    private static final int MAX_FILE_BYTES = 1024 * 1024;
    private static final char[] NO_PASSWORD = {};

    private PemFiles() {}

    /** Reads both files and checks that they belong together. */
    static KeyMaterial read(Path chainFile, Path keyFile) {
        List<Certificate> chain = certificates(chainFile);
        PublicKey known = chain.getFirst().getPublicKey();
        PrivateKey key = privateKey(keyFile, known.getAlgorithm(), chainFile);
        if (!belongTogether(key, known)) {
            throw strangers(keyFile, chainFile);
        }
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, NO_PASSWORD);
            keys.setKeyEntry("server", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
            return new KeyMaterial(keys, NO_PASSWORD);
        } catch (IOException | GeneralSecurityException e) {
            throw new WeftException("cannot use certificate " + chainFile + ": " + e.getMessage(), e);
        }
    }

    private static WeftException strangers(Path keyFile, Path chainFile) {
        return new WeftException("private key " + keyFile + " does not belong to the first certificate in " + chainFile
                + "; pass the key that the certificate was requested with, and the server's own certificate first");
    }

    private static List<Certificate> certificates(Path file) {
        List<Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Pem block : blocks(file)) {
                if (block.label().equals("CERTIFICATE")) {
                    chain.add(factory.generateCertificate(
                            new ByteArrayInputStream(block.content().toByteArray())));
                }
            }
        } catch (CertificateException e) {
            throw new WeftException("a certificate in " + file + " is damaged: " + e.getMessage(), e);
        }
        if (chain.isEmpty()) {
            throw new WeftException("expected a certificate (-----BEGIN CERTIFICATE-----) in " + file + " but found "
                    + labels(blocks(file)) + "; pass the file that certbot calls fullchain.pem");
        }
        return chain;
    }

    private static PrivateKey privateKey(Path file, String algorithm, Path chainFile) {
        List<Pem> blocks = blocks(file);
        for (Pem block : blocks) {
            if (block.label().equals("PRIVATE KEY")) {
                return decode(block.content().toByteArray(), algorithm, file, chainFile);
            }
        }
        for (Pem block : blocks) {
            if (block.label().endsWith("PRIVATE KEY")) {
                throw new WeftException(
                        "private key " + file + " is " + (block.encrypted() ? "encrypted" : "not PKCS #8")
                                + " (-----BEGIN " + block.label() + "-----); convert it: openssl pkey -in " + file
                                + " -out pkcs8.pem");
            }
        }
        throw new WeftException("expected a private key (-----BEGIN PRIVATE KEY-----) in " + file + " but found "
                + labels(blocks) + "; pass the file that certbot calls privkey.pem");
    }

    private static PrivateKey decode(byte[] content, String algorithm, Path file, Path chainFile) {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(content));
        } catch (InvalidKeySpecException e) {
            throw strangers(file, chainFile);
        } catch (GeneralSecurityException e) {
            throw new WeftException(
                    "keys for " + algorithm + " certificates are not supported; use an RSA, EC or Ed25519 key", e);
        }
    }

    /** What the private key signs, the public key confirms. */
    private static boolean belongTogether(PrivateKey key, PublicKey known) {
        String signing = switch (known.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> known.getAlgorithm();
        };
        byte[] sample = "sample".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signature = Signature.getInstance(signing);
            signature.initSign(key);
            signature.update(sample);
            byte[] signed = signature.sign();
            signature.initVerify(known);
            signature.update(sample);
            return signature.verify(signed);
        } catch (InvalidKeyException | SignatureException e) {
            return false; // another kind of key, or another curve
        } catch (GeneralSecurityException e) {
            throw new WeftException(
                    "keys for " + known.getAlgorithm()
                            + " certificates are not supported; use an RSA, EC or Ed25519 key",
                    e);
        }
    }

    private static List<Pem> blocks(Path file) {
        try {
            long size = Files.size(file);
            if (size > MAX_FILE_BYTES) {
                throw new WeftException(
                        file + " has " + size + " bytes, too many for a PEM file; the most is " + MAX_FILE_BYTES);
            }
            return Pem.blocks(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new WeftException("cannot read " + file + "; pass an existing PEM file that this user may read", e);
        } catch (IllegalArgumentException e) {
            throw new WeftException(file + " is damaged: " + e.getMessage(), e);
        }
    }

    private static String labels(List<Pem> blocks) {
        return blocks.isEmpty()
                ? "no PEM block"
                : blocks.stream().map(Pem::label).collect(Collectors.joining(", "));
    }
}
