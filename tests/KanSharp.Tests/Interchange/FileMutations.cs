using System.Buffers.Binary;

namespace KanSharp.Tests.Interchange;

/// <summary>Random damage to a file: flipped bits, changed bytes, cuts, splices, false lengths.</summary>
internal static class FileMutations
{
    /// <summary>Damages a file many times: a reader takes the result or refuses it with its own exception, allocates at most 1 MiB, and does both often enough that the test says something.</summary>
    /// <typeparam name="TException">What the reader may throw.</typeparam>
    public static void Fuzz<TException>(byte[] original, int seed, int mutations, Func<byte[], int> read, int least)
        where TException : Exception
    {
        var random = new Random(seed);
        (int accepted, int rejected) = (0, 0);
        for (int number = 0; number < mutations; number++)
        {
            byte[] mutated = Mutate(original, random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                read(mutated);
                accepted++;
            }
            catch (TException)
            {
                rejected++;
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < 1 << 20, $"mutation {number}: {allocated} bytes for a file of {mutated.Length}");
        }

        Assert.True(accepted > least && rejected > 5_000, $"{accepted} read, {rejected} rejected");
    }

    public static byte[] Mutate(byte[] original, Random random)
    {
        byte[] bytes = [.. original];
        for (int count = random.Next(1, 4); count > 0 && bytes.Length > 0; count--)
        {
            int at = random.Next(bytes.Length);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes = bytes[..at];
                    break;
                case 3:
                    int from = random.Next(original.Length);
                    bytes = [.. bytes[..at], .. original[from..random.Next(from, original.Length)], .. bytes[at..]];
                    break;
                case 4:
                    bytes = [.. bytes[..at], .. bytes[random.Next(at, bytes.Length)..]];
                    break;
                default:
                    ulong length = random.Next(4) == 0 ? (ulong)random.NextInt64() : (ulong)random.Next(2 * original.Length);
                    if (bytes.Length >= 8)
                        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
                    break;
            }
        }

        return bytes;
    }
}
