using KanSharp.Interchange;
using KanSharp.Interchange.PyTorch;

namespace KanSharp.Tests.Interchange.PyTorch;

/// <summary>Damaged pickles and damaged archives give a <see cref="ModelFileException"/> or, where the damage hits no rule, tensors; nothing else.</summary>
public sealed class PyTorchFuzzTests
{
    private const int Mutations = 50_000;

    private static readonly byte[] Storage = TorchZip.Bytes(1.0, 2.0, 3.0, 4.0, 5.0, 6.0);

    private static byte[] Original => new PickleWriter().Global("collections", "OrderedDict").Op(')').Op('R').Raw((byte)'q', 0).Op('(')
        .Text("layers.0.base_weight").Tensor("DoubleStorage", "0", 6, 0, [2, 3], [3, 1])
        .Text("layers.0.grid").Global("torch._utils", "_rebuild_parameter").Tensor("DoubleStorage", "0", 6, 1, [2, 2], [1, 2]).Raw(0x88).Op('}').Raw(0x87).Op('R')
        .Text("step").Raw((byte)'h', 0).Op('u').Op('}').Text("_metadata").Op('}').Op('s').Op('b').Stop();

    [Fact]
    public void Mutated_pickles_never_crash_the_reader() => Run(Original, seed: 9001, bytes => PyTorchFile.Parse(TorchZip.Make(bytes, ("data/0", Storage))).Tensors.Count, least: 500);

    [Fact]
    public void Mutated_archives_never_crash_the_reader() =>
        Run(TorchZip.Make(Original, ("data/0", Storage), ("byteorder", "little"u8.ToArray())), seed: 9002, bytes => PyTorchFile.Parse(bytes).Tensors.Count, least: 500);

    private static void Run(byte[] original, int seed, Func<byte[], int> read, int least) => FileMutations.Fuzz<ModelFileException>(original, seed, Mutations, read, least);
}
