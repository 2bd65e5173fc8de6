using KanSharp.Interchange;

namespace KanSharp.Tests.Interchange;

/// <summary>Damaged files give a <see cref="ModelFileException"/> or, where the damage hits no rule, a file; nothing else.</summary>
public class SafetensorsFuzzTests
{
    private const int Mutations = 50_000;

    [Fact]
    public void MutatedFilesNeverCrashTheReader()
    {
        byte[] original = new SafetensorsFile(
            [
                SafetensorsTensor.Create<double>("layers.0.coefficients", [1.0, 2.0, 3.0, 4.0], 2, 2),
                SafetensorsTensor.Create<float>("layers.0.base", [1f, 2f], 2),
                SafetensorsTensor.Create<long>("steps", [12L]),
                SafetensorsTensor.Create<byte>("mask", [1, 0, 1], 3),
            ],
            new Dictionary<string, string> { ["format"] = "kan", ["spec"] = "{\"shape\":[2,1]}" }).ToBytes();
        var random = new Random(20240229);
        int read = 0;
        int rejected = 0;
        for (int i = 0; i < Mutations; i++)
        {
            byte[] mutated = FileMutations.Mutate(original, random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                SafetensorsFile file = SafetensorsFile.Parse(mutated);
                read++;
                Assert.True(file.Tensors.Sum(tensor => tensor.Bytes.Length) <= mutated.Length);
            }
            catch (ModelFileException)
            {
                rejected++;
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < 64 * 1024 + 32 * mutated.Length, $"mutation {i}: {allocated} bytes for a file of {mutated.Length}");
        }

        // Both outcomes must occur, otherwise the mutations test nothing
        Assert.True(read > 500, $"{read} read");
        Assert.True(rejected > 5_000, $"{rejected} rejected");
    }
}
