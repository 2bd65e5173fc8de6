using KanSharp.Data;

namespace KanSharp.Tests.Data;

public class DatasetTests
{
    private static Dataset<double> Classes(params int[] counts)
    {
        int[] classes = [.. counts.SelectMany((count, label) => Enumerable.Repeat(label, count))];
        double[] features = [.. Enumerable.Range(0, classes.Length).Select(i => (double)i)];
        return Dataset.Classification(features, 1, classes, [.. counts.Select((_, i) => $"c{i}")]);
    }

    private static int[] Rows(Dataset<double>? part) => part is null ? [] : [.. part.Features.ToArray().Select(x => (int)x)];

    [Theory]
    [InlineData(0.2, 0.1)]
    [InlineData(0.25, 0.0)]
    [InlineData(0.0, 0.5)]
    [InlineData(0.01, 0.01)]
    public void SplitIsAStratifiedPartition(double validation, double test)
    {
        Dataset<double> data = Classes(100, 10, 40);
        DataSplit<double> split = data.Split(validation, test, seed: 5);
        int[] all = [.. Rows(split.Train), .. Rows(split.Validation), .. Rows(split.Test)];
        Assert.Equal(Enumerable.Range(0, 150), all.Order());
        Assert.Equal(validation == 0, split.Validation is null);
        Assert.Equal(test == 0, split.Test is null);
        foreach ((Dataset<double>? part, double fraction) in new[] { (split.Validation, validation), (split.Test, test) })
        {
            if (part is null)
                continue;
            Assert.Equal(Math.Max(1, Math.Round(150 * fraction, MidpointRounding.AwayFromZero)), part.Count);
            for (int label = 0; label < 3; label++)
            {
                double expected = part.Count * new[] { 100, 10, 40 }[label] / 150.0;
                Assert.InRange(part.Classes.ToArray().Count(c => c == label), expected - 1, expected + 1);
            }
        }

        // The class goes with its sample
        Assert.All(split.Train.Classes.ToArray().Zip(Rows(split.Train)), pair => Assert.Equal(data.Classes[pair.Second], pair.First));
    }

    [Fact]
    public void TheSeedDecidesTheSplit()
    {
        Dataset<double> data = Dataset.Sample(x => x * x, samples: 200);
        Assert.Equal(data.Split(0.3, seed: 1).Validation!.Features.ToArray(), data.Split(0.3, seed: 1).Validation!.Features.ToArray());
        Assert.NotEqual(data.Split(0.3, seed: 1).Validation!.Features.ToArray(), data.Split(0.3, seed: 2).Validation!.Features.ToArray());
    }

    [Fact]
    public void ImpossibleSplitsAreRefused()
    {
        Dataset<double> data = Classes(2, 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Split(-0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Split(0.2, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Split(0.5, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Folds(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Folds(5));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(7)]
    public void FoldsCoverEverySampleOnceAndSpreadTheClasses(int count)
    {
        Dataset<double> data = Classes(31, 8, 12);
        IReadOnlyList<Fold> folds = data.Folds(count, seed: 9);
        Assert.Equal(Enumerable.Range(0, 51), folds.SelectMany(fold => fold.Validation).Order());
        foreach (Fold fold in folds)
        {
            Assert.Equal(Enumerable.Range(0, 51), fold.Train.Concat(fold.Validation).Order());
            Assert.InRange(fold.Validation.Count, 51 / count, 51 / count + 1);
            for (int label = 0; label < 3; label++)
            {
                double expected = new[] { 31, 8, 12 }[label] / (double)count;
                Assert.InRange(fold.Validation.Count(i => data.Classes[i] == label), Math.Floor(expected), Math.Ceiling(expected));
            }
        }
    }

    [Fact]
    public void ApportionmentIsExactForRandomSizes()
    {
        var random = new Random(4);
        for (int i = 0; i < 500; i++)
        {
            int[] sizes = [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => random.Next(0, 30))];
            int total = random.Next(0, sizes.Sum() + 1);
            int[] shares = SplitPlan.Apportion(sizes, total);
            Assert.Equal(total, shares.Sum());
            Assert.All(shares.Zip(sizes), pair => Assert.InRange(pair.First, 0, pair.Second));
        }
    }

    [Fact]
    public void SampleEvaluatesTheFunctionInsideTheRange()
    {
        Dataset<double> data = Dataset.Sample((x, y) => Math.Exp(Math.Sin(Math.PI * x) + y * y), samples: 1000, low: -0.5, high: 2, seed: 3);
        Assert.Equal((1000, 2, 1), (data.Count, data.Inputs, data.Outputs));
        Assert.Equal(["x1", "x2"], data.FeatureNames);
        Assert.All(data.Features.ToArray(), x => Assert.InRange(x, -0.5, 2));
        for (int i = 0; i < data.Count; i++)
            Assert.Equal(Math.Exp(Math.Sin(Math.PI * data.Features[2 * i]) + data.Features[2 * i + 1] * data.Features[2 * i + 1]), data.Targets[i]);

        // Mean and variance of the uniform distribution, within six standard errors
        Assert.Equal(0.75, data.Features.ToArray().Average(), 6 * 2.5 / Math.Sqrt(12 * 2000));
        Assert.Equal(data.Features.ToArray(), Dataset.Sample((x, y) => x, samples: 1000, low: -0.5, high: 2, seed: 3).Features.ToArray());
        Assert.NotEqual(data.Features.ToArray(), Dataset.Sample((x, y) => x, samples: 1000, low: -0.5, high: 2, seed: 4).Features.ToArray());
        Assert.Equal(3, Dataset.Sample(x => x[0] * x[2], inputs: 3, samples: 5).Inputs);
        Assert.Throws<ArgumentOutOfRangeException>(() => Dataset.Sample(x => x, low: 1, high: 1));
        Assert.Contains("sample 0, target 'y'", Assert.Throws<ArgumentException>(() => Dataset.Sample(x => double.NaN)).Message);
    }

    [Fact]
    public void WrongArraysAreRefused()
    {
        Assert.Contains("rows of 2", Assert.Throws<ArgumentException>(() => Dataset.Regression([1f, 2, 3], 2, [1f])).Message);
        Assert.Contains("need 2", Assert.Throws<ArgumentException>(() => Dataset.Regression([1f, 2], 1, [1f])).Message);
        Assert.Contains("3 names for 1 features", Assert.Throws<ArgumentException>(() => Dataset.Regression([1f], 1, [1f], 1, ["a", "b", "c"])).Message);
        Assert.Contains("2 names for 1 targets", Assert.Throws<ArgumentException>(() => Dataset.Regression([1f], 1, [1f], 1, null, ["a", "b"])).Message);
        Assert.Contains("sample 1, feature 'x2' is NaN", Assert.Throws<ArgumentException>(() => Dataset.Regression([1f, 2, 3, float.NaN], 2, [1f, 2f])).Message);
        Assert.Contains("sample 1 has class 2", Assert.Throws<ArgumentException>(() => Dataset.Classification([1f, 2], 1, [0, 2], ["a", "b"])).Message);
        Assert.Contains("at least 2", Assert.Throws<ArgumentException>(() => Dataset.Classification([1f, 2], 1, [0, 0], ["a"])).Message);
        Assert.Contains("1 classes for 2", Assert.Throws<ArgumentException>(() => Dataset.Classification([1f, 2], 1, [0], ["a", "b"])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Dataset.Regression([1f], 0, [1f]));
        Assert.Contains("index 1 is 4", Assert.Throws<ArgumentOutOfRangeException>(() => Classes(2, 2).Subset([0, 4])).Message);
    }

    [Fact]
    public void SubsetKeepsOrderAndTargets()
    {
        Dataset<float> data = Dataset.Regression<float>([1, 2, 3, 4, 5, 6], 2, [10, 11, 20, 21, 30, 31], 2);
        Dataset<float> subset = data.Subset([2, 0, 2]);
        Assert.Equal([5, 6, 1, 2, 5, 6], subset.Features.ToArray());
        Assert.Equal([30, 31, 10, 11, 30, 31], subset.Targets.ToArray());
        Assert.Equal(["y1", "y2"], subset.TargetNames);
        Assert.Equal(0, data.Subset([]).Count);
    }

    [Fact]
    public void ImagesAreScaledToUnitRange()
    {
        IdxFile images = IdxFile.Parse((byte[])[0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 255, 51, 102]);
        IdxFile labels = IdxFile.Parse((byte[])[0, 0, 8, 1, 0, 0, 0, 2, 2, 0]);
        Dataset<double> data = Dataset.FromIdx<double>(images, labels);
        Assert.Equal([0, 1, 0.2, 0.4], data.Features.ToArray(), (a, b) => Math.Abs(a - b) < 1e-15);
        Assert.Equal([2, 0], data.Classes.ToArray());
        Assert.Equal(["0", "1", "2"], data.ClassLabels);
        Assert.Throws<DataFormatException>(() => Dataset.FromIdx<double>(images, images));
    }
}
