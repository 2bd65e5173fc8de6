using KanSharp.Data;
using KanSharp.Tests.Interchange;

namespace KanSharp.Tests.Data;

/// <summary>Damaged NPY and NPZ files give a <see cref="DataFormatException"/> or, where the damage hits no rule, arrays; nothing else.</summary>
public sealed class NpyFuzzTests
{
    private const int Mutations = 50_000;

    private static readonly NpyArray Matrix = NpyArray.Create<double>([1.0, 2, 3, 4, 5, 6], 2, 3);

    [Fact]
    public void Mutated_arrays_never_crash_the_reader()
    {
        using var stream = new MemoryStream();
        Npy.Write(stream, Matrix);
        Run(stream.ToArray(), 9004, bytes => Npy.Parse(bytes, "a.npy").Count, least: 500);
    }

    [Fact]
    public void Mutated_archives_never_crash_the_reader()
    {
        using var stream = new MemoryStream();
        Npz.Write(stream, [new("layers.0.weight", Matrix), new("step", NpyArray.Create<long>([3]))]);
        Run(stream.ToArray(), 9005, bytes => Npz.Read(new MemoryStream(bytes), "a.npz").Count, least: 100);
    }

    [Fact]
    public void An_archive_that_expands_beyond_the_limit_is_refused()
    {
        using var stream = new MemoryStream();
        Npz.Write(stream, [new("w", Matrix)]);
        Assert.Single(Npz.Read(stream, "a.npz", mostBytes: 1000));
        Assert.Contains("unpacks to more than 100 bytes", Assert.Throws<DataFormatException>(() => Npz.Read(stream, "a.npz", mostBytes: 100)).Message);
    }

    private static void Run(byte[] original, int seed, Func<byte[], int> read, int least) => FileMutations.Fuzz<DataFormatException>(original, seed, Mutations, read, least);
}
