using KanSharp.Data;

namespace KanSharp.Tests.Data;

public class BatchSourceTests
{
    private static Dataset<float> Numbers(int count) => Dataset.Regression(
        [.. Enumerable.Range(0, 2 * count).Select(i => (float)i)], 2, [.. Enumerable.Range(0, count).Select(i => -(float)i)]);

    [Theory]
    [InlineData(10, 3, 4)]
    [InlineData(10, 5, 2)]
    [InlineData(10, 1, 10)]
    [InlineData(10, 100, 1)]
    [InlineData(0, 4, 0)]
    public void EachEpochHasEverySampleOnce(int count, int batchSize, int batches)
    {
        var source = new BatchSource<float>(Numbers(count), batchSize, seed: 1);
        Assert.Equal(batches, source.BatchCount);
        for (int epoch = 0; epoch < 3; epoch++)
        {
            source.StartEpoch(epoch);
            var seen = new List<int>();
            for (int batch = 0; batch < source.BatchCount; batch++)
            {
                var features = new float[2 * batchSize];
                var targets = new float[batchSize];
                int rows = source.CopyFeatures(batch, features);
                Assert.Equal(rows, source.CopyTargets(batch, targets));
                Assert.Equal(batch < batches - 1 ? Math.Min(batchSize, count) : count - (batches - 1) * Math.Min(batchSize, count), rows);
                for (int i = 0; i < rows; i++)
                {
                    int sample = source.Indices(batch)[i];
                    seen.Add(sample);
                    Assert.Equal((2f * sample, 2f * sample + 1, -(float)sample), (features[2 * i], features[2 * i + 1], targets[i]));
                }
            }

            Assert.Equal(Enumerable.Range(0, count), seen.Order());
        }
    }

    [Fact]
    public void OrdersDependOnSeedAndEpochAlone()
    {
        int[] Order(ulong seed, params int[] epochs)
        {
            var source = new BatchSource<float>(Numbers(50), 50, seed);
            foreach (int epoch in epochs)
                source.StartEpoch(epoch);
            return source.Indices(0).ToArray();
        }

        Assert.Equal(Order(1, 0, 1, 2), Order(1, 2));
        Assert.Equal(Order(1), Order(1, 7, 0));
        Assert.NotEqual(Order(1, 1), Order(1, 2));
        Assert.NotEqual(Order(1, 1), Order(2, 1));
        Assert.Equal(Enumerable.Range(0, 50), new BatchSource<float>(Numbers(50), 50, seed: 1, shuffle: false).Indices(0).ToArray());
    }

    [Fact]
    public void CopyingAllocatesNothing()
    {
        var source = new BatchSource<float>(Numbers(1000), 64);
        var features = new float[128];
        var targets = new float[64];
        source.CopyFeatures(0, features);
        source.CopyTargets(0, targets);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int batch = 0; batch < source.BatchCount; batch++)
        {
            source.CopyFeatures(batch, features);
            source.CopyTargets(batch, targets);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void ClassesAreCopied()
    {
        var source = new BatchSource<double>(Dataset.Classification<double>([0, 1, 2], 1, [1, 0, 1], ["a", "b"]), 2, shuffle: false);
        var classes = new int[2];
        Assert.Equal(1, source.CopyClasses(1, classes));
        Assert.Equal(1, classes[0]);
        Assert.Throws<InvalidOperationException>(() => source.CopyTargets(0, new double[2]));
        Assert.Throws<InvalidOperationException>(() => new BatchSource<float>(Numbers(2), 2).CopyClasses(0, classes));
        Assert.Throws<ArgumentException>(() => source.CopyFeatures(0, new double[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => source.Indices(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchSource<float>(Numbers(2), 0));
    }
}
