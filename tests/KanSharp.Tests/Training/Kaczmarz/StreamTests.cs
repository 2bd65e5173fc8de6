using System.Globalization;
using KanSharp.Autodiff;
using KanSharp.Data;
using KanSharp.Networks;
using KanSharp.Numerics;
using KanSharp.Training;

namespace KanSharp.Tests.Training.Kaczmarz;

/// <summary>Training on records that are read again and again.</summary>
public sealed class StreamTests
{
    // more than one window of 65,536 records, and no whole number of rounds
    private const int Count = 150_001;

    private static readonly FitOptions Options = new() { Optimizer = new NewtonKaczmarz { RecordsPerRound = 5000 }, Epochs = 2, Shuffle = false };

    [Fact]
    public void A_stream_gives_the_bits_of_the_same_records_in_memory()
    {
        KanNetwork<float> stream = Network(), memory = Network();
        FitResult<float> streamed = Trainer.Fit(stream, Waves(Count), Options), held = Trainer.Fit(memory, InMemory(Count), Options);
        Assert.Equal(memory.Layers[0].Coefficients.Value.Span.ToArray(), stream.Layers[0].Coefficients.Value.Span.ToArray());
        Assert.Equal(memory.Layers[1].Knots.Value.Span.ToArray(), stream.Layers[1].Knots.Value.Span.ToArray());
        Assert.Equal(held.History.Select(epoch => epoch.TrainingLoss), streamed.History.Select(epoch => epoch.TrainingLoss));
        Assert.Equal(held.Steps, streamed.Steps);
    }

    [Fact]
    public void Memory_does_not_grow_with_the_number_of_records()
    {
        long Allocated(long count)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Trainer.Fit(Network(), Waves(count), Options with { Epochs = 1, Shuffle = true, Executor = new Executor(1) });
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Allocated(70_000);
        Assert.InRange(Allocated(700_000) - Allocated(140_000), -200_000, 200_000);
    }

    [Fact]
    public void Shuffled_windows_learn_and_validation_chooses_the_epoch()
    {
        FitResult<float> fit = Trainer.Fit(Network(), Waves(20_000), Options with { Shuffle = true, Epochs = 8 }, InMemory(1000));
        Assert.Equal(8, fit.History.Count);
        Assert.Equal(fit.History.Min(epoch => epoch.ValidationLoss), fit.BestLoss);
        Assert.InRange(Math.Sqrt(fit.BestLoss), 0, 0.08);
    }

    [Fact]
    public void A_csv_file_is_a_stream()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.csv");
        TrainingData<double> data = TrainingSamples.Wave<double>(500);
        try
        {
            File.WriteAllLines(path, data.Targets!.Span.ToArray().Select((y, n) => string.Create(CultureInfo.InvariantCulture, $"{y:R},{data.Inputs[n, 0]:R},{data.Inputs[n, 1]:R}")).Prepend("y,a,b"));
            var records = new CsvRecords<double>(path, ["y"]);
            Assert.Equal((2, 1, null), (records.Inputs, records.Targets, records.Count));
            KanNetwork<double> stream = KaczmarzStart.Balanced<double>([2, 4, 1], [4, 4], RecordStatistics.Of(data)), memory = stream.Clone();
            var options = new FitOptions { Optimizer = new NewtonKaczmarz { Anneal = false }, Epochs = 2, Shuffle = false };
            Trainer.Fit(stream, records, options);
            Trainer.Fit(memory, data, options);
            Assert.Equal(memory.Layers[0].Coefficients.Value.Span.ToArray(), stream.Layers[0].Coefficients.Value.Span.ToArray());

            Assert.Contains("'z' is not in the file", Assert.Throws<ArgumentException>(() => new CsvRecords<double>(path, ["z"])).Message);
            File.AppendAllText(path, "1,2,three\n");
            DataFormatException error = Assert.Throws<DataFormatException>(() => Trainer.Fit(stream, records, options));
            Assert.Equal(("b", 502), (error.Column, error.Row));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_value_that_is_not_finite_is_reported_with_its_number_in_the_stream()
    {
        var records = new GeneratedRecords<float>(100_000, 2, 1, (n, x, y) =>
        {
            Wave(n, x, y);
            if (n == 70_123)
                y[0] = float.PositiveInfinity;
        });
        FitResult<float> fit = Trainer.Fit(Network(), records, Options);
        Assert.Equal(StopReason.Diverged, fit.Reason);
        Assert.Contains("target 0 of sample 70123 is not finite", fit.Message);
    }

    [Fact]
    public void Other_optimisers_and_sources_that_do_not_fit_are_refused()
    {
        Assert.Contains("'adamw'", Assert.Throws<ArgumentException>(() => Trainer.Fit(Network(), Waves(10), new FitOptions())).Message);
        var wide = new GeneratedRecords<float>(10, 3, 1, (_, x, y) => x.Fill(y[0] = 0));
        Assert.Contains("3 inputs", Assert.Throws<ArgumentException>(() => Trainer.Fit(Network(), wide, Options)).Message);
    }

    [Fact]
    public void Cancelling_a_stream_keeps_what_was_best()
    {
        using var cancel = new CancellationTokenSource();
        var progress = new DirectProgress(report =>
        {
            if (report.BestEpoch == 2)
                cancel.Cancel();
        });
        FitResult<float> fit = Trainer.Fit(Network(), Waves(20_000), Options with { Epochs = 20 }, InMemory(500), progress, cancel.Token);
        Assert.Equal(StopReason.Cancelled, fit.Reason);
        Assert.True(fit.BestEpoch >= 2);
    }

    private static GeneratedRecords<float> Waves(long count) => new(count, 2, 1, Wave);

    private static void Wave(long record, Span<float> x, Span<float> y)
    {
        x[0] = (float)Fraction(record * 0.6180339887498949);
        x[1] = (float)Fraction(record * 0.7548776662466927 + 0.3);
        y[0] = (float)(Math.Sin(3 * x[0]) * x[1]);
    }

    private static double Fraction(double value) => 2 * (value - Math.Floor(value)) - 1;

    private static TrainingData<float> InMemory(int count)
    {
        var inputs = new Tensor<float>(new Shape(count, 2));
        var targets = new Tensor<float>(new Shape(count, 1));
        for (int row = 0; row < count; row++)
            Wave(row, inputs.Row(row), targets.Row(row));
        return new TrainingData<float>(inputs, targets);
    }

    private static KanNetwork<float> Network() => KaczmarzStart.Balanced<float>([2, 6, 1], [6, 8], RecordStatistics.Of(InMemory(1000)), 1, 3);
}
