using System.CommandLine;
using KanSharp.Cli.Fitting;
using KanSharp.Cli.Images;
using KanSharp.Cli.Runs;

namespace KanSharp.Cli.Commands;

/// <summary>kan resume: goes on with an interrupted run.</summary>
internal static class ResumeCommand
{
    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var run = new Argument<string>("RUN") { Description = "Folder that kan fit --run or kan train --run made." };
        Option<int?> epochs = Parse.Count("--epochs", "Epochs in all, those already done included. [default: as the run was started]", 1);
        Option<TimeSpan?> limit = Parse.Duration("--time-limit", "Longest further time of training.");
        Option<string?> events = Parse.Text("--tensorboard", "DIR", "Folder for TensorBoard's event files. [default: as the run was started]");
        Option<bool> json = Parse.Json();
        var command = new Command("resume", "Go on with a run where it stopped; the result is the same as without the interruption.") { run, epochs, limit, events, json };
        command.SetAction(parsed =>
        {
            if (ImageRun.Exists(parsed.GetRequiredValue(run)))
                return TrainWork.Resume(ImageRun.Open(parsed.GetRequiredValue(run)), parsed.GetValue(epochs), parsed.GetValue(limit)?.TotalSeconds, parsed.GetValue(events), parsed.GetValue(json), terminal, cancellation);
            RunFolder folder = RunFolder.Open(parsed.GetRequiredValue(run));
            RunRecord record = folder.Load();
            string data = record.Options.Data;
            if (!File.Exists(data))
                throw new UserErrorException($"{folder.Path}: its data file {data} is not there any more");
            if (RunRecord.HashOf(data) != record.Data.Sha256)
                throw new UserErrorException($"{folder.Path}: its data file {data} has changed since the run started; restore it, or start a new run");
            return FitWork.Resume(folder, record, parsed.GetValue(epochs), parsed.GetValue(limit)?.TotalSeconds, parsed.GetValue(events), parsed.GetValue(json), terminal, cancellation);
        });
        return command;
    }
}
