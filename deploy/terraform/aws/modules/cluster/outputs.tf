output "name" {
  value = aws_eks_cluster.main.name
}

output "arn" {
  value = aws_eks_cluster.main.arn
}

output "security_group_id" {
  value = aws_eks_cluster.main.vpc_config[0].cluster_security_group_id
}
