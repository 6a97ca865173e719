// One binary, two roles: the master starts it again as its workers, with the channel as
// descriptor 3.

internal import Gateway
internal import Glibc
internal import Supervisor

let arguments = Array(CommandLine.arguments.dropFirst())
if arguments == ["--worker"] {
    exit(WorkerMain.run(channelDescriptor: 3))
} else {
    exit(MasterMain.run(arguments: arguments))
}
