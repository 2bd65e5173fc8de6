using System.Globalization;
using KanSharp.Tests.Interchange.TensorBoard;
using KanSharp.Tests.Plotting;

namespace KanSharp.Tests.Cli;

/// <summary>--tensorboard, and metrics.csv in the folder of a run.</summary>
public sealed class TensorBoardOptionTests
{
    private static readonly string[] Columns = ["--target", "y", "--exclude", "class", "--width", "4,3,1", "--optimizer", "adamw"];

    [Fact]
    public void Fit_writes_scalars_histograms_and_two_pictures_and_resume_goes_on()
    {
        using var folder = new CliFolder();
        CliFolder.Run(["fit", folder.Table(), .. Columns, "--epochs", "6", "--schedule", "constant", "--run", folder["run"], "--tensorboard", folder["events"]]).Expect(0);
        List<EventFile.Entry> first = EventFile.Read(Assert.Single(Directory.GetFiles(folder["events"])));
        Assert.Equal([1, 2, 3, 4, 5, 6], Steps(first, "metrics/rmse"));
        Assert.Equal([1, 2, 3, 4, 5, 6], Steps(first, "parameters/layers.0.coefficients"));
        Assert.Equal([1, 6], Steps(first, "network"));
        string[] rows = File.ReadAllLines(folder["run/metrics.csv"]);
        Assert.Equal(rows.Skip(1).Select(row => float.Parse(row.Split(',')[3], CultureInfo.InvariantCulture)), first.Where(entry => entry.Tag == "loss/validation").Select(entry => entry.Value.Single(2)));

        CliFolder.Run("resume", folder["run"], "--epochs", "8").Expect(0);
        List<EventFile.Entry> second = EventFile.Read(Assert.Single(Directory.GetFiles(folder["events"]), file => EventFile.Read(file).Any(entry => entry.Step == 7)));
        Assert.Equal([7, 8], Steps(second, "loss/training"));
        Assert.Equal([8], Steps(second, "network"));
        CliFolder.Run("resume", folder["run"], "--epochs", "9", "--tensorboard", folder["other"]).Expect(0);
        Assert.Equal([9], Steps(EventFile.Read(Assert.Single(Directory.GetFiles(folder["other"]))), "loss/training"));
    }

    [Fact]
    public void A_perceptron_has_no_picture_and_needs_no_run_folder()
    {
        using var folder = new CliFolder();
        CliFolder.Run(["fit", folder.Table(), .. Columns, "--mlp", "--epochs", "2", "--out", folder["m.safetensors"], "--tensorboard", folder["events"]]).Expect(0);
        List<EventFile.Entry> entries = EventFile.Read(Assert.Single(Directory.GetFiles(folder["events"])));
        Assert.Equal([1, 2], Steps(entries, "loss/training"));
        Assert.Empty(Steps(entries, "network"));
    }

    [Fact]
    public void A_file_in_the_folders_place_is_refused()
    {
        using var folder = new CliFolder();
        CliResult result = CliFolder.Run(["fit", folder.Table(), .. Columns, "--epochs", "2", "--tensorboard", folder["table.csv"], "--out", folder["m.safetensors"]]).Expect(2);
        Assert.Contains("is a file; the name of a folder was expected", result.Error);
    }

    [Fact]
    public void The_table_of_metrics_has_a_row_for_each_epoch_in_every_culture()
    {
        using var folder = new CliFolder();
        using (new GermanCulture())
            CliFolder.Run(["fit", folder.Table(), .. Columns, "--epochs", "4", "--grid", "3,5", "--run", folder["run"]]).Expect(0);
        string[] rows = File.ReadAllLines(folder["run/metrics.csv"]);
        Assert.Equal("epoch,training_loss,penalty,validation_loss,rmse,learning_rate,grid,seconds", rows[0]);
        Assert.Equal(["1", "2", "3", "4"], rows.Skip(1).Select(row => row.Split(',')[0]));
        Assert.Equal(["3", "3", "5", "5"], rows.Skip(1).Select(row => row.Split(',')[6]).Order());
        Assert.All(rows.Skip(1), row => Assert.Equal(8, row.Split(',').Count(cell => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value))));
    }

    private static IEnumerable<long> Steps(List<EventFile.Entry> entries, string tag) => entries.Where(entry => entry.Tag == tag).Select(entry => entry.Step);
}
